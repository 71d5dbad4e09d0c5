using Betar.Benchmarks.Harness;
using Betar.Benchmarks.Marketplace.Peers;

namespace Betar.Benchmarks.Marketplace;

/// <summary>Ten nodes, each with one listing, begin together: how long until each sees all ten.</summary>
internal static class TenFigures
{
    public const string Part = "ten";

    private const int Nodes = 10;

    public static async Task AddAsync(BenchContext context)
    {
        context.Say($"{Nodes} processes over the loopback");
        await using MarketFleet fleet = await MarketFleet.StartAsync(Nodes);
        List<double> rounds = [];
        for (int round = -1; round < context.RoundCount; round++)
        {
            if (round >= 0)
                await fleet.RenewAsync();
            double milliseconds = await fleet.BeginAsync();
            if (round >= 0)
                rounds.Add(milliseconds / 1_000);
        }

        context.Add("ten", "s", rounds, Goal.AtMost(5), null, $"{Nodes} processes that listen already, nine know the first; from the first dial on");
    }
}
