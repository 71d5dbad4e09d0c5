using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Betar.Libp2p;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Transports.Quic;
using Betar.Node.Composition;
using Betar.Node.Errors;
using Microsoft.Extensions.Logging;

namespace Betar.Node.Cli.Peering;

/// <summary><c>betar p2p listen</c>: a peer for others to try themselves on, until it is told to stop.</summary>
internal static class PeerListenCommand
{
    /// <summary>How long a stop waits for streams: what is served here is for trying, and nobody loses by its end.</summary>
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(1);

    private static readonly Option<int> Port = new("--port") { Description = "The port [default: any free one]", HelpName = "N" };

    private static readonly Option<string> Host = new("--host")
    {
        Description = "The IP address to listen at; whoever reaches it may echo and measure", HelpName = "IP",
        DefaultValueFactory = _ => "127.0.0.1",
    };

    private static readonly Option<string?> Key = new("--key")
    {
        Description = "The key file, made when it is not there [default: a new key each time]", HelpName = "FILE",
    };

    private static readonly Option<bool> WebSocket = new("--ws") { Description = "Listen for WebSockets instead of plain TCP" };

    private static readonly Option<bool> Quic = new("--quic") { Description = "Listen for QUIC instead of TCP; needs libmsquic" };

    public static Command Create(CliHost host) =>
        CliCommand.Create("listen", "Be a peer that serves identify, ping, echo and perf", host, RunAsync, Port, Host, Key, WebSocket, Quic);

    private static async Task<CliRefusal?> RunAsync(CommandContext context, ParseResult arguments, CancellationToken cancellation)
    {
        var (port, hostText) = (arguments.GetValue(Port), arguments.GetRequiredValue(Host));
        if (port is < IPEndPoint.MinPort or > IPEndPoint.MaxPort)
            return ErrorCatalog.BadOptionValue.Refuse($"--port {port} is not within 0 to {IPEndPoint.MaxPort}");
        if (!IPAddress.TryParse(hostText, out var ip) || ip.ToString() != hostText)
            return ErrorCatalog.BadOptionValue.Refuse($"--host \"{VisibleText.Of(hostText)}\" is not an IP address", "write it as 127.0.0.1 or ::1");
        if (arguments.GetValue(WebSocket) && arguments.GetValue(Quic))
            return ErrorCatalog.BadOptionValue.Refuse("--ws and --quic are two ways to listen", "take one, or start two peers");
        if (arguments.GetValue(Quic) && QuicSupport.Missing is { } missing)
            return ErrorCatalog.NativeLibraryMissing.Refuse($"QUIC is not supported here: {missing}", QuicSupport.HowToInstall);

        var address = AddressOf(new IPEndPoint(ip, port), arguments);
        var key = PeerKey.ReadOrCreate(arguments.GetValue(Key));
        if (!key.IsOk)
            return key.Refusal;
        using (key.Value)
            return await ServeAsync(context, key.Value, address, cancellation);
    }

    private static Multiaddr AddressOf(IPEndPoint place, ParseResult arguments)
    {
        if (arguments.GetValue(Quic))
            return Multiaddr.Parse($"/{(place.AddressFamily == AddressFamily.InterNetwork ? "ip4" : "ip6")}/{place.Address}/udp/{place.Port}/quic-v1");
        var address = Multiaddr.FromEndPoint(place);
        return arguments.GetValue(WebSocket) ? address.Append(Multiaddr.Parse("/ws")) : address;
    }

    private static async Task<CliRefusal?> ServeAsync(CommandContext context, IdentityKey key, Multiaddr address, CancellationToken cancellation)
    {
        using var loggers = NodeLogging.Create(context, LogLevel.None);
        var lines = new PeerEventLines(context);
        var printing = Task.CompletedTask;
        await using (var host = Libp2pHost.CreateBuilder().WithIdentity(key).WithTime(context.Time).WithLogging(loggers)
            .Configure(options => options.DrainTimeout = DrainTimeout).Listen(address).WithEcho().WithPerf().Build())
        {
            host.PeerChanged += lines.Take;
            try
            {
                await host.StartAsync(cancellation);
            }
            catch (Libp2pException fault)
            {
                return ErrorCatalog.PortTaken.Refuse(fault.Message) with { Cause = fault };
            }

            Announce(context, host);
            printing = lines.PrintAsync();
            var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var signal = cancellation.Register(asked.SetResult);
            await asked.Task;
        }

        // The goodbyes of the stop are events, too.
        lines.End();
        await printing;
        return null;
    }

    private static void Announce(CommandContext context, Libp2pHost host)
    {
        if (context.Json)
        {
            JsonOutput.WriteLine(context.Out, writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("peerId", host.PeerId.ToString());
                PeerJson.WriteTexts(writer, "addresses", host.Addresses);
                writer.WriteEndObject();
            });
            return;
        }

        context.Out.WriteLine($"Peer {host.PeerId} listens; Ctrl-C stops it.");
        foreach (var address in host.Addresses)
            context.Out.WriteLine(address);
        context.Out.Flush();
    }
}
