using System.Diagnostics;
using Betar.Benchmarks.Harness;
using Betar.Benchmarks.Marketplace.Nodes;
using Betar.Libp2p;
using Betar.Libp2p.Identity;

namespace Betar.Benchmarks.Marketplace;

/// <summary>A node that knew 100,000 signed listings is started again: how long until it shows them.</summary>
internal static class RestartFigures
{
    public const string Part = "restart";

    private const int Listings = 100_000;
    private const int AtOnce = 1_000;

    public static async Task AddAsync(BenchContext context)
    {
        int count = context.Repetitions(Listings, 5_000);
        string folder = Directory.CreateTempSubdirectory("betar-bench-").FullName;
        try
        {
            string path = Path.Combine(folder, "market.db");
            context.Say($"{count} listings are stored");
            await using (MarketHost seller = await StartAsync(path))
            {
                foreach (int[] part in Enumerable.Range(0, count).Chunk(AtOnce))
                    await seller.Market.PublishAsync([.. part.Select(number => Offers.Of(seller.Identity, $"agent {number}", 1_000))], CancellationToken.None);
            }

            context.Say("it is started again");
            List<double> seconds = [];
            for (int round = 0; round < Math.Min(3, context.RoundCount); round++)
            {
                long started = Stopwatch.GetTimestamp();
                await using MarketHost node = await StartAsync(path);
                seconds.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
                if (node.Market.Count != count)
                    throw new InvalidOperationException($"{node.Market.Count} of {count} listings came back.");
            }

            context.Add("restart", "s", seconds, Goal.AtMost(10), null, $"{count} signed listings of another seller, on disk; {seconds.Count} rounds");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Each time somebody else: what one sells oneself is taken up otherwise.</summary>
    private static Task<MarketHost> StartAsync(string path) => MarketHost.StartAsync(
        IdentityKey.Generate(), Libp2pHost.CreateBuilder().Listen("/ip4/127.0.0.1/tcp/0"), MarketStores.InFile(path), TimeProvider.System, TaskScheduler.Default);
}
