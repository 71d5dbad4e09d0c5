using Betar.Benchmarks.Harness;
using Betar.Storage;
using Betar.Storage.Ledger;

namespace Betar.Benchmarks.X402;

/// <summary>The paid task: latency at a steady 500 a second, and how many a second 64 callers get through.</summary>
internal static class PaidTaskFigures
{
    private const int Callers = 64;
    private const int Rate = 500;
    private const int Seconds = 5;

    public static async Task AddAsync(BenchContext context, PaidTaskWorld world)
    {
        await using PaidTaskPeers peers = await PaidTaskPeers.ConnectAsync(world, Callers);
        PaidTaskBuyer[] buyers = [.. peers.Buyers];
        await AddClosedLoopAsync(context, buyers);
        await AddSteadyAsync(context, buyers);
        await AddLoneAsync(context, buyers[0]);
        await AddStagesAsync(context, world);
    }

    private static async Task AddClosedLoopAsync(BenchContext context, PaidTaskBuyer[] buyers)
    {
        IReadOnlyList<double> rounds = await context.RoundsAsync(
            $"paid tasks, {Callers} callers", () => TaskLoad.ClosedLoopAsync(Calls(buyers), context.Repetitions(Seconds, 1)));
        context.Add("task.closed-loop", "1/s", rounds, Goal.AtLeast(1_500, 2_000), note: $"{Callers} callers on warm connections");
    }

    private static async Task AddSteadyAsync(BenchContext context, PaidTaskBuyer[] buyers)
    {
        List<double> p50 = [], p99 = [];
        context.Say($"paid tasks at {Rate} a second");
        for (int round = -1; round < context.RoundCount; round++)
        {
            double[] all = [.. (await TaskLoad.SteadyAsync(Calls(buyers), Rate, context.Repetitions(Seconds, 1))).Order()];
            if (round < 0)
                continue;
            p50.Add(all[all.Length / 2]);
            p99.Add(all[all.Length * 99 / 100]);
        }
        context.Add("task.p50", "ms", p50, Goal.AtMost(2.0, 1.5), note: $"at {Rate}/s, open loop, waiting for a connection included");
        context.Add("task.p99", "ms", p99, Goal.AtMost(15, 10), note: $"at {Rate}/s, open loop, waiting for a connection included");
    }

    private static async Task AddLoneAsync(BenchContext context, PaidTaskBuyer buyer)
    {
        const int Tasks = 300;
        List<double> quote = [], sign = [], pay = [], all = [];
        context.Say("one caller alone");
        for (int round = -1; round < context.RoundCount; round++)
        {
            var times = new PaidTaskTimes[Tasks];
            for (int i = 0; i < Tasks; i++)
                times[i] = await buyer.BuyAsync();
            if (round < 0)
                continue;
            quote.Add(Median(times, time => time.Quote));
            sign.Add(Median(times, time => time.Sign));
            pay.Add(Median(times, time => time.Pay));
            all.Add(Median(times, time => time.All));
        }
        context.Add("lone.p50", "ms", all, note: "one caller, one purchase after the other");
        context.Add("lone.quote.p50", "ms", quote);
        context.Add("lone.sign.p50", "ms", sign);
        context.Add("lone.pay.p50", "ms", pay, note: "verify, reserve, settle, execute, deliver, answer");
    }

    private static Func<Task>[] Calls(PaidTaskBuyer[] buyers) => [.. buyers.Select(buyer => (Func<Task>)buyer.BuyAsync)];

    /// <summary>The seller's own clock: from one durable entry of an order to the next, of the newest orders.</summary>
    private static async Task AddStagesAsync(BenchContext context, PaidTaskWorld world)
    {
        const int Newest = 1_000;
        await using BetarDatabase database = BetarDatabase.OpenReadOnly(world.Database);
        Dictionary<string, List<LedgerEntry>> orders = [];
        await foreach (LedgerEntry entry in database.Ledger.QueryAsync(new LedgerQuery(), CancellationToken.None))
        {
            string key = entry.Payment.ToString();
            if (!orders.TryGetValue(key, out List<LedgerEntry>? entries))
                orders[key] = entries = [];
            entries.Add(entry);
        }
        LedgerEntry[][] whole = [.. orders.Values.Where(entries => entries.Count == 3).TakeLast(Newest).Select(entries => entries.ToArray())];
        context.Add("stage.settle.mean", "ms", [Mean(whole, order => order[1].At - order[0].At)], note: "reserved to settled, lone caller, one round");
        context.Add("stage.execute.mean", "ms", [Mean(whole, order => order[2].At - order[1].At)], note: "settled to delivered, lone caller, one round");
    }

    /// <summary>The ledger's clock counts milliseconds, so that only a mean says anything.</summary>
    private static double Mean(LedgerEntry[][] orders, Func<LedgerEntry[], TimeSpan> time) =>
        orders.Average(order => time(order).TotalMilliseconds);

    private static double Median<T>(IEnumerable<T> items, Func<T, TimeSpan> time) =>
        Figure.Median([.. items.Select(item => time(item).TotalMilliseconds)]);
}
