using System.Diagnostics;
using Betar.Benchmarks.Harness;
using Betar.Benchmarks.X402;

namespace Betar.Benchmarks.Node;

/// <summary>From the start of the executable in an empty folder with samples/agents.yaml to its first word, and to its first sale to a stranger.</summary>
internal static class SaleFigures
{
    public const string Part = "start";

    public static async Task AddAsync(BenchContext context)
    {
        string agents = Path.Combine(AppContext.BaseDirectory, "samples", "agents.yaml");
        List<double> line = [], sale = [];
        for (int round = -1; round < context.RoundCount; round++)
        {
            long started = Stopwatch.GetTimestamp();
            await using PaidTaskWorld world = await PaidTaskWorld.StartAsync(context, agents: agents);
            double first = Stopwatch.GetElapsedTime(started).TotalSeconds;
            await using PaidTaskPeers peers = await PaidTaskPeers.ConnectAsync(world, 1);
            await peers.Buyers[0].BuyAsync();
            double sold = Stopwatch.GetElapsedTime(started).TotalSeconds;
            if (round < 0)
                continue;
            line.Add(first);
            sale.Add(sold);
        }
        context.Add("start.selling", "s", line, Goal.AtMost(3, 1.5), note: "samples/agents.yaml, new keys, new store, its test chain started too; the files of the program are in memory");
        context.Add("start.first-sale", "s", sale, Goal.AtMost(3, 1.5), note: "the buyer's sixteen connections and its whole purchase included");
    }
}
