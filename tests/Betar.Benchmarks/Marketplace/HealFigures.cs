using Betar.Benchmarks.Harness;
using Betar.Benchmarks.Marketplace.Nodes;
using Betar.Libp2p.Multiformats;
using Betar.X402;

namespace Betar.Benchmarks.Marketplace;

/// <summary>Two halves of a network that do not see each other for a minute while all of them publish: how long after the one link between them is back all agree.</summary>
internal static class HealFigures
{
    public const string Part = "heal";

    private const int Half = 4;
    private const int Writes = 10;
    private static readonly TimeSpan s_between = TimeSpan.FromSeconds(6);

    public static Task AddAsync(BenchContext context)
    {
        context.Say("a partition of 60 s, virtual time");
        List<double> times = [];
        for (int round = 0; round < context.RoundCount; round++)
            times.Add(VirtualMarket.Run(round + 1, HealAsync));
        context.Add(
            "heal", "s", times, Goal.AtMost(5), null,
            $"{2 * Half} nodes, {2 * Half * Writes} new listings and as many changes of old ones in 60 s; signed; links of 20 ms, virtual time, from the one dial between the halves on");
        return Task.CompletedTask;
    }

    private static async Task<double> HealAsync(VirtualMarket market)
    {
        var halves = new Halves();
        for (int i = 0; i < 2 * Half; i++)
        {
            MarketHost node = await market.AddAsync(halves.Gate(i < Half));
            halves.Put(node.Host.PeerId, i < Half);
            if (i % Half > 0)
                await node.Host.ConnectAsync(market.Nodes[i - (i % Half)].Host.Addresses[0]);
        }

        (MarketHost left, MarketHost right) = (market.Nodes[0], market.Nodes[Half]);
        Multiaddr bridge = right.Host.Addresses[0];
        await left.Host.ConnectAsync(bridge);
        Dictionary<string, AtomicAmount> expected = new(StringComparer.Ordinal);
        await WriteAsync(market, 0, expected);
        await AgreeAsync(market, expected, TimeSpan.FromMinutes(1));

        halves.Parted = true;
        await left.Host.DisconnectAsync(right.Host.PeerId);
        for (int write = 1; write <= Writes; write++)
        {
            await WriteAsync(market, write, expected);
            await market.PassAsync(s_between);
        }

        if (market.Nodes[^1].Market.Find(Offers.IdOf(left.Identity, "agent 1")) is not null)
            throw new InvalidOperationException("The halves were not parted.");
        halves.Parted = false;
        double begin = market.Seconds;
        await left.Host.ConnectAsync(bridge);
        return await AgreeAsync(market, expected, TimeSpan.FromMinutes(10)) - begin;
    }

    /// <summary>Each node sells something new, and its first listing at another price.</summary>
    private static async Task WriteAsync(VirtualMarket market, int write, Dictionary<string, AtomicAmount> expected)
    {
        foreach (MarketHost node in market.Nodes)
        {
            (string name, ulong price)[] offers = write == 0 ? [("first", 1)] : [("first", (ulong)write + 1), ($"agent {write}", 5)];
            foreach ((string name, ulong price) in offers)
                expected[Offers.IdOf(node.Identity, name)] = price;
            await node.Market.PublishAsync([.. offers.Select(offer => Offers.Of(node.Identity, offer.name, offer.price))], CancellationToken.None);
        }
    }

    /// <summary>When the last node saw the last of it.</summary>
    private static async Task<double> AgreeAsync(VirtualMarket market, Dictionary<string, AtomicAmount> expected, TimeSpan patience)
    {
        Sight[] sights = [.. market.Nodes.Select(node => market.Expect(node, expected))];
        double last = 0;
        foreach (Sight sight in sights)
            last = Math.Max(last, await market.SeeAsync(sight, patience));
        return last;
    }
}
