using Betar.Benchmarks.Harness;
using Betar.Benchmarks.X402;

namespace Betar.Benchmarks.Node;

/// <summary>The paid task between two processes, and where its time goes: the buyer's stages by its clock, the seller's by what the seller measures of itself.</summary>
internal static class TaskFigures
{
    public const string Part = "task";

    private static readonly string[] s_stages = ["reserve", "settle", "execute", "answer"];

    public static async Task AddAsync(BenchContext context)
    {
        await using (PaidTaskWorld world = await PaidTaskWorld.StartAsync(context))
            await PaidTaskFigures.AddAsync(context, world);
        await using PaidTaskWorld watched = await PaidTaskWorld.StartAsync(context, http: "127.0.0.1:0");
        await AddSplitAsync(context, watched);
    }

    private static async Task AddSplitAsync(BenchContext context, PaidTaskWorld world)
    {
        await using PaidTaskPeers peers = await PaidTaskPeers.ConnectAsync(world, 1);
        using var seller = new SellerMetrics(world.Http!);
        int tasks = context.Repetitions(300, 50);
        List<double> quote = [], sign = [], rest = [];
        Dictionary<string, List<double>> stages = s_stages.ToDictionary(stage => stage, _ => new List<double>());
        context.Say("where the time of a paid task goes");
        for (int round = -1; round < context.RoundCount; round++)
        {
            IReadOnlyDictionary<string, StageSum> before = await seller.StagesAsync();
            var times = new PaidTaskTimes[tasks];
            for (int i = 0; i < tasks; i++)
                times[i] = await peers.Buyers[0].BuyAsync();
            IReadOnlyDictionary<string, StageSum> after = await seller.StagesAsync();
            if (round < 0)
                continue;
            quote.Add(times.Average(time => time.Quote.TotalMilliseconds));
            sign.Add(times.Average(time => time.Sign.TotalMilliseconds));
            double[] means = [.. s_stages.Select(stage => after[stage].MeanSince(before.GetValueOrDefault(stage)))];
            for (int i = 0; i < means.Length; i++)
                stages[s_stages[i]].Add(means[i]);
            rest.Add(times.Average(time => time.Pay.TotalMilliseconds) - means.Sum());
        }
        context.Add("split.quote.mean", "ms", quote, note: "one caller, one purchase after the other; the buyer's clock");
        context.Add("split.sign.mean", "ms", sign, note: "the buyer's clock");
        context.Add("split.reserve.mean", "ms", stages["reserve"], note: "the seller's clock: the order is on the disk");
        context.Add("split.settle.mean", "ms", stages["settle"], note: "the seller's clock: the chain has said so");
        context.Add("split.execute.mean", "ms", stages["execute"], note: "the seller's clock: call of the agent, its executor, and back");
        context.Add("split.answer.mean", "ms", stages["answer"], note: "the seller's clock: the answer is on the disk");
        context.Add("split.rest.mean", "ms", rest, note: "of the buyer's time for the paid request: both ways, checks of the payment, the entry that it has settled");
    }
}
