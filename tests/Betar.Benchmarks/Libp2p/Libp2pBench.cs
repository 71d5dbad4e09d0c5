using Betar.Benchmarks.Harness;
using Betar.Interop.Tests.Partner;

namespace Betar.Benchmarks.Libp2p;

/// <summary>
/// Our library and js-libp2p, each dialling each, every peer in a process of its own. In every round all four pairings are measured one
/// after the other, so that what the machine does meanwhile falls on all of them.
/// </summary>
internal sealed class Libp2pBench : IBench
{
    private const int IdleConnections = 1000;
    private const int Handshakes = 1600;
    private const int HandshakesAtOnce = 16;
    private const string Raised = "limits for one address and for one peer raised on both sides: everybody comes from the loopback";

    public string Name => "libp2p";

    public string Summary => "handshake, ping, requests, bulk, idle memory; all four pairings with js-libp2p, ratio to js↔js of the same round";

    public async Task RunAsync(BenchContext context)
    {
        await using var peers = await Libp2pPeers.StartAsync();
        context.Say($"js-libp2p {peers.TheirListener.Versions.Text("libp2p")} on Node {peers.TheirListener.Versions.Text("node")}; {Raised}");
        foreach (var measure in Measure.All)
            await AddAsync(context, peers, measure);
        await AddRatesAsync(context, peers);
        await AddMemoryAsync(context);
    }

    private static async Task AddAsync(BenchContext context, Libp2pPeers peers, Measure measure)
    {
        context.Say(measure.Id);
        var values = Pairing.All.ToDictionary(pairing => pairing, _ => new double[BenchContext.Rounds]);
        for (var round = -1; round < BenchContext.Rounds; round++)
        {
            foreach (var pairing in Pairing.All)
            {
                var value = await measure.TakeAsync(peers.Dialler(pairing), peers.Listener(pairing));
                if (round >= 0)
                    values[pairing][round] = value;
            }
        }

        var js = values[Pairing.All[0]];
        foreach (var pairing in Pairing.All)
        {
            context.Add($"{measure.Id}.{pairing.Id}", measure.Unit, values[pairing], baseline: new Baseline("js↔js", Figure.Median(js)), note: Raised);
            if (pairing != Pairing.All[0])
                context.Add($"{measure.Id}.{pairing.Id}.ratio", "× js↔js", [.. values[pairing].Zip(js, (ours, theirs) => ours / theirs)], measure.GoalOf(pairing));
        }
    }

    // js merges dials of one peer: it has no such figure as a dialler.
    private static async Task AddRatesAsync(BenchContext context, Libp2pPeers peers)
    {
        foreach (var pairing in Pairing.All.Where(pairing => pairing.WeDial))
        {
            var rounds = await context.RoundsAsync($"handshakes.{pairing.Id}", async () =>
            {
                var answer = await peers.Dialler(pairing).AskAsync(
                    "measureHandshakeRate", new { address = peers.Listener(pairing).Address, count = Handshakes, parallel = HandshakesAtOnce });
                return answer["perSecond"]!.GetValue<double>();
            });
            context.Add($"handshakes.{pairing.Id}", "1/s", rounds, pairing.WeListen ? Goal.AtLeast(1500, 2000) : null, note: $"{HandshakesAtOnce} at once, both ends on this machine");
        }
    }

    /// <summary>In fresh processes: what a listener grows by when a thousand peers connect and then do nothing.</summary>
    private static async Task AddMemoryAsync(BenchContext context)
    {
        context.Say("idle memory");
        var theirs = await IdleBytesAsync(PartnerProcess.Start());
        var ours = await IdleBytesAsync(Libp2pPeers.StartOurs());
        context.Add("idle-connection.js", "KiB", [theirs / 1024]);
        context.Add("idle-connection.cs", "KiB", [ours / 1024], Goal.AtMost(32, 24), new Baseline("js", theirs / 1024), $"{IdleConnections} connections from as many of our hosts");
    }

    private static async Task<double> IdleBytesAsync(PartnerProcess listening)
    {
        await using var listenerProcess = listening;
        await using var diallerProcess = Libp2pPeers.StartOurs();
        var listener = await listening.StartNodeAsync();
        var dialler = await diallerProcess.StartNodeAsync();

        // The first connections pay for what is set up once.
        await dialler.AskAsync("connectMany", new { address = listener.Address, count = 50 });
        var before = await listener.AskAsync("stats");
        await dialler.AskAsync("connectMany", new { address = listener.Address, count = IdleConnections });
        var after = await listener.AskAsync("stats");
        if (after.Int("connections") < IdleConnections)
            throw new InvalidOperationException($"Of {IdleConnections} connections {after.Int("connections")} are left.");
        return (after["rss"]!.GetValue<long>() - before["rss"]!.GetValue<long>()) / (double)IdleConnections;
    }
}
