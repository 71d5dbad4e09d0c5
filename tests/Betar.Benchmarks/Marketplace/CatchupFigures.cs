using System.Diagnostics;
using Betar.Benchmarks.Harness;
using Betar.Benchmarks.Marketplace.Nodes;
using Betar.Benchmarks.Marketplace.Peers;
using Betar.X402;

namespace Betar.Benchmarks.Marketplace;

/// <summary>10,000 listings to a node that has none: from a node of ours, and from a chain as an original node writes it.</summary>
internal static class CatchupFigures
{
    public const string Part = "catchup";

    private const int Listings = 10_000;
    private const int AtOnce = 1_000;
    private static readonly TimeSpan s_patience = TimeSpan.FromHours(2);

    public static async Task AddAsync(BenchContext context)
    {
        int count = context.Repetitions(Listings, 500);
        context.Say($"{count} listings of a node of ours, virtual time");
        List<Times> ours = [];
        for (int round = 0; round < Math.Min(3, context.RoundCount); round++)
            ours.Add(VirtualMarket.Run(round + 1, market => FromOursAsync(market, count)));
        string note = $"{count} signed listings, links of 20 ms, virtual time; {ours.Count} rounds";
        context.Add("catchup.ours", "s", [.. ours.Select(times => times.Virtual)], Goal.AtMost(5, 2), null, note);
        context.Add("catchup.ours.work", "s", [.. ours.Select(times => times.Work)], null, null, "the work of both sides on one thread, which takes no virtual time");

        context.Say($"a chain of {count} nodes that an original wrote, virtual time");
        Times original = VirtualMarket.Run(1, market => FromOriginalAsync(market, count));
        note = $"{count} unsigned listings, one in each node: every parent is known only when its child is here; one round";
        context.Add("catchup.original", "s", [original.Virtual], null, null, note);
        context.Add("catchup.original.work", "s", [original.Work], null, null, "the work of both sides on one thread; one round");

        context.Say($"{count} listings of a process of ours over the loopback");
        await using MarketFleet fleet = await MarketFleet.StartAsync(2);
        List<double> loopback = [];
        for (int round = 0; round < Math.Min(3, context.RoundCount); round++)
        {
            if (round > 0)
                await fleet.RenewAsync();
            loopback.Add(await fleet.CatchUpAsync(count) / 1_000);
        }

        context.Add("catchup.loopback", "s", loopback, Goal.AtMost(5, 2), null, $"{count} signed listings between two processes, each with a store on disk; {loopback.Count} rounds");
    }

    private static async Task<Times> FromOursAsync(VirtualMarket market, int count)
    {
        MarketHost seller = await market.AddAsync();
        foreach (int[] part in Enumerable.Range(0, count).Chunk(AtOnce))
            await seller.Market.PublishAsync([.. part.Select(number => Offers.Of(seller.Identity, $"agent {number}", 1_000))], CancellationToken.None);
        MarketHost newcomer = await market.AddAsync();
        await market.PassAsync(TimeSpan.FromSeconds(2));
        var expected = seller.Market.Own.Select(record => KeyValuePair.Create(record.Id, (AtomicAmount)1_000));
        return await MeasureAsync(market, market.Expect(newcomer, expected), () => newcomer.Host.ConnectAsync(seller.Host.Addresses[0]));
    }

    private static async Task<Times> FromOriginalAsync(VirtualMarket market, int count)
    {
        await using OriginalChain original = await OriginalChain.StartAsync(market, count);
        MarketHost newcomer = await market.AddAsync();
        await market.PassAsync(TimeSpan.FromSeconds(2));
        return await MeasureAsync(market, market.Expect(newcomer, original.Listings, signed: false), () => newcomer.Host.ConnectAsync(original.Host.Addresses[0]));
    }

    private static async Task<Times> MeasureAsync(VirtualMarket market, Sight sight, Func<Task> connect)
    {
        (double begin, long started) = (market.Seconds, Stopwatch.GetTimestamp());
        await connect();
        double seen = await market.SeeAsync(sight, s_patience);
        return new Times(seen - begin, Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    private sealed record Times(double Virtual, double Work);
}
