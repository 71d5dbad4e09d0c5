using Betar.Benchmarks.Harness;
using Betar.Benchmarks.X402;

namespace Betar.Benchmarks.Node;

/// <summary>The seller's memory while it does half of what it can, for as long as is asked; nothing without <c>--minutes=N</c>.</summary>
internal static class MemoryFigures
{
    public const string Part = "memory";

    private const int Callers = 64;
    private const double SampleSeconds = 5;

    public static async Task AddAsync(BenchContext context)
    {
        if (context.Number(NodeBench.Minutes) is not { } minutes)
        {
            context.Say($"memory is measured with --{NodeBench.Minutes}=N only; an hour is --{NodeBench.Minutes}=60");
            return;
        }
        await using PaidTaskWorld world = await PaidTaskWorld.StartAsync(context);
        await using PaidTaskPeers peers = await PaidTaskPeers.ConnectAsync(world, Callers);
        Func<Task>[] calls = [.. peers.Buyers.Select(buyer => (Func<Task>)buyer.BuyAsync)];
        await TaskLoad.ClosedLoopAsync(calls, 2);
        int rate = (int)(await TaskLoad.ClosedLoopAsync(calls, 3) / 2);
        context.Say($"{rate} paid tasks a second for {minutes} minutes");
        List<double> samples = [];
        for (double seconds = 0; seconds < minutes * 60; seconds += SampleSeconds)
        {
            await TaskLoad.SteadyAsync(calls, rate, SampleSeconds);
            samples.Add(ResidentMemory.Of(world.ProcessId) / 1048576.0);
        }
        string note = $"{rate} paid tasks a second, half of what it can, for {minutes} minutes; one round";
        context.Add("memory.growth", "%", [Quarters.Of(samples).GrowthPercent], Goal.AtMost(5), null, $"resident memory of the seller, its last quarter over its second; {note}");
        context.Add("memory.resident", "MiB", samples, null, null, note);
    }
}
