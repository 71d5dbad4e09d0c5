using Betar.Benchmarks.Harness;
using Betar.Benchmarks.Marketplace.Nodes;
using Betar.Benchmarks.Marketplace.Peers;
using Betar.X402;

namespace Betar.Benchmarks.Marketplace;

/// <summary>
/// Eight nodes of which seven know only the first, so that what one says crosses two links: how long until the buyers of all the others see a
/// listing's new price, signed by its seller.
/// </summary>
internal static class VisibleFigures
{
    public const string Part = "visible";

    private const int Nodes = 8;
    private const int Changes = 40;

    public static async Task AddAsync(BenchContext context)
    {
        context.Say($"changes among {Nodes} nodes over links of {VirtualMarket.Delay.TotalMilliseconds} ms, virtual time");
        int changes = context.Repetitions(Changes, 10);
        List<double[]> virtually = [];
        for (int round = 0; round < context.RoundCount; round++)
            virtually.Add(VirtualMarket.Run(round + 1, market => VirtualAsync(market, changes)));
        string note = $"{changes} changes a round, each on {Nodes - 1} other nodes; virtual time, in which work takes none";
        context.Add("visible.links.p50", "ms", [.. virtually.Select(times => At(times, 50))], null, null, note);
        context.Add("visible.links.p99", "ms", [.. virtually.Select(times => At(times, 99))], Goal.AtMost(250, 120), null, note);

        context.Say($"changes among {Nodes} processes over the loopback");
        await using MarketFleet fleet = await MarketFleet.StartAsync(Nodes);
        List<double[]> really = [];
        await fleet.BeginAsync();
        for (int round = -1; round < context.RoundCount; round++)
        {
            double[] times = await fleet.ChangeAsync(changes, round + 1);
            if (round >= 0)
                really.Add(times);
        }

        note = $"{changes} changes a round, {Nodes} processes with peer exchange, each with a store on disk";
        context.Add("visible.loopback.p50", "ms", [.. really.Select(times => At(times, 50))], null, null, note);
        context.Add("visible.loopback.p99", "ms", [.. really.Select(times => At(times, 99))], null, null, note);
    }

    private static double At(double[] times, int percent) => times[Math.Min(times.Length - 1, times.Length * percent / 100)];

    private static async Task<double[]> VirtualAsync(VirtualMarket market, int changes)
    {
        for (int i = 0; i < Nodes; i++)
        {
            MarketHost node = await market.AddAsync();
            if (i > 0)
                await node.Host.ConnectAsync(market.Nodes[0].Host.Addresses[0]);
        }

        await market.PassAsync(TimeSpan.FromSeconds(5));
        List<double> times = [];
        for (int change = 0; change < changes; change++)
        {
            MarketHost seller = market.Nodes[change % Nodes];
            AtomicAmount price = (ulong)(1_000 + change);
            var expected = KeyValuePair.Create(Offers.IdOf(seller.Identity, "agent"), price);
            Sight[] sights = [.. market.Nodes.Where(node => node != seller).Select(node => market.Expect(node, [expected]))];
            double begin = market.Seconds;
            await seller.Market.PublishAsync([Offers.Of(seller.Identity, "agent", (ulong)(1_000 + change))], CancellationToken.None);
            foreach (Sight sight in sights)
                times.Add(1_000 * (await market.SeeAsync(sight, TimeSpan.FromMinutes(5)) - begin));
            await market.PassAsync(TimeSpan.FromMilliseconds(730));
        }

        return [.. times.Order()];
    }
}
