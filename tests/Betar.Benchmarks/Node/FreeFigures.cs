using System.Diagnostics;
using Betar.Benchmarks.Harness;
using Betar.Benchmarks.X402;

namespace Betar.Benchmarks.Node;

/// <summary>The same task without payment, so that the price of payment is seen: one caller alone, 500 a second, and 64 callers.</summary>
internal static class FreeFigures
{
    public const string Part = "free";

    private const int Callers = 64;
    private const int Rate = 500;

    public static async Task AddAsync(BenchContext context)
    {
        await using PaidTaskWorld world = await PaidTaskWorld.StartAsync(context);
        await using PaidTaskPeers peers = await PaidTaskPeers.ConnectAsync(world, Callers);
        Func<Task>[] calls = [.. peers.FreeBuyers.Select(buyer => (Func<Task>)buyer.AskAsync)];
        int seconds = context.Repetitions(3, 1);
        IReadOnlyList<double> loop = await context.RoundsAsync($"free tasks, {Callers} callers", () => TaskLoad.ClosedLoopAsync(calls, seconds));
        context.Add("free.closed-loop", "1/s", loop, note: $"{Callers} callers on warm connections");

        List<double> p50 = [], p99 = [];
        context.Say($"free tasks at {Rate} a second");
        for (int round = -1; round < context.RoundCount; round++)
        {
            double[] all = [.. (await TaskLoad.SteadyAsync(calls, Rate, seconds)).Order()];
            if (round < 0)
                continue;
            p50.Add(all[all.Length / 2]);
            p99.Add(all[all.Length * 99 / 100]);
        }
        context.Add("free.p50", "ms", p50, note: $"at {Rate}/s, open loop");
        context.Add("free.p99", "ms", p99, note: $"at {Rate}/s, open loop");
        await AddPriceAsync(context, peers);
    }

    /// <summary>Paid and free in turn, so that what else the machine does meets both.</summary>
    private static async Task AddPriceAsync(BenchContext context, PaidTaskPeers peers)
    {
        int tasks = context.Repetitions(300, 50);
        List<double> free = [], price = [];
        context.Say("one caller alone, paid and free in turn");
        for (int round = -1; round < context.RoundCount; round++)
        {
            double[] paid = new double[tasks], unpaid = new double[tasks];
            for (int i = 0; i < tasks; i++)
            {
                paid[i] = (await peers.Buyers[0].BuyAsync()).All.TotalMilliseconds;
                long started = Stopwatch.GetTimestamp();
                await peers.FreeBuyers[0].AskAsync();
                unpaid[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            }
            if (round < 0)
                continue;
            free.Add(Figure.Median(unpaid));
            price.Add(Figure.Median(paid) - Figure.Median(unpaid));
        }
        context.Add("lone.free.p50", "ms", free, Goal.AtMost(1), note: "one caller: all that stands between it and an executor that takes no time, two processes and the network included");
        context.Add("payment.price.p50", "ms", price, note: "a paid task less a free one, one caller, in turn");
    }
}
