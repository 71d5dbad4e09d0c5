using Betar.Libp2p;
using Betar.Libp2p.Connections;
using Betar.Node.Composition;
using Betar.Node.Errors;
using Microsoft.Extensions.Logging;

namespace Betar.Node.Cli.Peering;

/// <summary>A peer for one errand: with a key of its own, it connects, does what it has to, and says goodbye.</summary>
internal static class PeerClient
{
    public static async Task<CliRefusal?> RunAsync(
        CommandContext context, string text, Func<Libp2pHost, ConnectionInfo, Task> errand, CancellationToken cancellation)
    {
        var address = PeerArguments.ReadAddress(text);
        if (!address.IsOk)
            return address.Refusal;

        using var loggers = NodeLogging.Create(context, LogLevel.None);
        await using var host = Libp2pHost.CreateBuilder().WithTime(context.Time).WithLogging(loggers)
            .Configure(options => options.IdentifyPeers = false).Build();
        await host.StartAsync(cancellation);
        ConnectionInfo connection;
        try
        {
            connection = await host.ConnectAsync(address.Value, cancellation);
        }
        catch (Libp2pException fault)
        {
            return PeerRefusals.NotReached(address.Value, fault);
        }

        try
        {
            await errand(host, connection);
            return null;
        }
        catch (Libp2pException fault)
        {
            return PeerRefusals.Failed(address.Value, fault);
        }
    }
}
