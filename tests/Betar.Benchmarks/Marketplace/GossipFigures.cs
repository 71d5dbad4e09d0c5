using Betar.Benchmarks.Harness;
using Betar.Benchmarks.Marketplace.Peers;

namespace Betar.Benchmarks.Marketplace;

/// <summary>Messages of 1 KiB among eight processes of ours, and among eight of js GossipSub in the same round.</summary>
internal static class GossipFigures
{
    public const string Part = "gossip";

    private const int Hosts = 8;
    private const int Length = 1024;
    private const int Messages = 100;
    private const int Bursts = 25;
    private const int Each = 4;

    public static async Task AddAsync(BenchContext context)
    {
        context.Say($"starting {Hosts} processes of ours and {Hosts} of js GossipSub");
        await using GossipSwarm ours = await GossipSwarm.StartOursAsync(Hosts), theirs = await GossipSwarm.StartTheirsAsync(Hosts);
        await DelaysAsync(context, ours, theirs);
        await FloodsAsync(context, ours, theirs);
    }

    private static async Task DelaysAsync(BenchContext context, GossipSwarm ours, GossipSwarm theirs)
    {
        context.Say("one message at a time");
        int messages = context.Repetitions(Messages, 16);
        List<double[]> our = [], their = [];
        for (int round = -1; round < context.RoundCount; round++)
        {
            double[] mine = await ours.DelaysAsync(messages, Length), others = await theirs.DelaysAsync(messages, Length);
            if (round < 0)
                continue;
            our.Add(mine);
            their.Add(others);
        }

        string note = $"{messages} messages a round of {Length} bytes, one at a time, to {Hosts - 1} others of which each host knows four";
        foreach (int percent in (int[])[50, 99])
        {
            double[] mine = [.. our.Select(delays => At(delays, percent))], others = [.. their.Select(delays => At(delays, percent))];
            context.Add($"gossip.delay.p{percent}", "ms", mine, null, new Baseline("js GossipSub", Figure.Median(others)), note);
            context.Add($"gossip.delay.p{percent}.ratio", "× js", [.. others.Zip(mine, (js, cs) => js / cs)], Goal.AtLeast(1.5), null, "theirs over ours of the same round");
        }
    }

    private static async Task FloodsAsync(BenchContext context, GossipSwarm ours, GossipSwarm theirs)
    {
        context.Say("all speak at once");
        int bursts = context.Repetitions(Bursts, 5);
        List<(double PerSecond, double[] Delays)> our = [], their = [];
        for (int round = -1; round < context.RoundCount; round++)
        {
            var (mine, others) = (await ours.FloodAsync(bursts, Each, Length), await theirs.FloodAsync(bursts, Each, Length));
            if (round < 0)
                continue;
            our.Add(mine);
            their.Add(others);
        }

        string note = $"{Hosts} hosts speak, at most {2 * Hosts * Each} messages of {Length} bytes under way; each is heard by {Hosts - 1}";
        double rate = Figure.Median([.. their.Select(run => run.PerSecond)]);
        context.Add("gossip.messages", "1/s", [.. our.Select(run => run.PerSecond)], null, new Baseline("js GossipSub", rate), note);
        context.Add("gossip.messages.ratio", "× js", [.. our.Zip(their, (cs, js) => cs.PerSecond / js.PerSecond)], Goal.AtLeast(1.5));
        context.Add("gossip.busy.p50", "ms", [.. our.Select(run => At(run.Delays, 50))], null, new Baseline("js GossipSub", Figure.Median([.. their.Select(run => At(run.Delays, 50))])), note);
        context.Add("gossip.busy.p99", "ms", [.. our.Select(run => At(run.Delays, 99))], null, new Baseline("js GossipSub", Figure.Median([.. their.Select(run => At(run.Delays, 99))])), note);
        context.Add("gossip.copies", "×", [await ours.CopiesAsync()], null, null, "how many times a host gets a message, the first with; all rounds together");
    }

    private static double At(double[] sorted, int percent) => sorted[Math.Min(sorted.Length - 1, sorted.Length * percent / 100)];
}
