using System.CommandLine;
using Betar.Libp2p;
using Betar.Libp2p.Connections;
using Betar.Node.Errors;

namespace Betar.Node.Cli.Peering;

/// <summary><c>betar p2p ping</c>: how long 32 bytes take to a peer and back, one after the other on one stream.</summary>
internal static class PeerPingCommand
{
    public const int MaxCount = 100_000;

    private static readonly Argument<string> Address = PeerArguments.Address();

    private static readonly Option<int> Count = new("--count")
    {
        Description = "How many times", HelpName = "N", DefaultValueFactory = _ => 5,
    };

    public static Command Create(CliHost host) => CliCommand.Create("ping", "Measure the round trip to a peer", host, RunAsync, Address, Count);

    private static Task<CliRefusal?> RunAsync(CommandContext context, ParseResult arguments, CancellationToken cancellation)
    {
        var count = arguments.GetValue(Count);
        return count is >= 1 and <= MaxCount
            ? PeerClient.RunAsync(context, arguments.GetRequiredValue(Address), (host, to) => PingAsync(context, host, to, count, cancellation), cancellation)
            : Task.FromResult<CliRefusal?>(ErrorCatalog.BadOptionValue.Refuse($"--count {count} is not within 1 to {MaxCount}"));
    }

    private static async Task PingAsync(CommandContext context, Libp2pHost host, ConnectionInfo to, int count, CancellationToken cancellation)
    {
        await using var session = await host.OpenPingAsync(to.Peer, cancellation);
        var times = new TimeSpan[count];
        for (var i = 0; i < count; i++)
        {
            times[i] = await session.PingAsync(cancellation);
            if (!context.Json)
                context.Out.WriteLine(Milliseconds(times[i]));
        }

        var sorted = times.Order().ToArray();
        var (least, median, most) = (sorted[0], sorted[count / 2], sorted[^1]);
        if (!context.Json)
        {
            context.Out.WriteLine($"{to.Peer}: {count} pings, least {Milliseconds(least)}, median {Milliseconds(median)}, most {Milliseconds(most)}");
            return;
        }

        JsonOutput.WriteLine(context.Out, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("peerId", to.Peer.ToString());
            writer.WriteStartArray("microseconds");
            foreach (var time in times)
                writer.WriteNumberValue(Microseconds(time));
            writer.WriteEndArray();
            writer.WriteNumber("min", Microseconds(least));
            writer.WriteNumber("p50", Microseconds(median));
            writer.WriteNumber("max", Microseconds(most));
            writer.WriteEndObject();
        });
    }

    private static long Microseconds(TimeSpan time) => time.Ticks / TimeSpan.TicksPerMicrosecond;

    private static string Milliseconds(TimeSpan time) => FormattableString.Invariant($"{time.TotalMilliseconds:F3} ms");
}
