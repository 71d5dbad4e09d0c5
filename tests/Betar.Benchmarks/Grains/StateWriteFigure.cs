using Betar.Benchmarks.Harness;
using Betar.Storage;
using Orleans.TestingHost;

namespace Betar.Benchmarks.Grains;

/// <summary>Durable writes of grain state a second, of 256 grains that each wait for theirs.</summary>
internal static class StateWriteFigure
{
    public const string Part = "state-write";

    private const int Grains = 256;

    public static async Task AddAsync(BenchContext context)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("betar-bench-");
        try
        {
            IReadOnlyList<double> baseline = await context.RoundsAsync(
                "baseline: one durable insert at a time",
                () => RawSqlite.RateAsync(Path.Combine(folder.FullName, "raw.db"), context.Window),
                rounds: 3);
            await using BetarDatabase database = BetarDatabase.Open(Path.Combine(folder.FullName, "betar.db"));
            StateSetup.Database = database;
            await using TestCluster cluster = await BenchCluster.DeployAsync<StateSetup>(1);
            Func<Task<long>>[] writers =
                [.. Enumerable.Range(0, Grains).Select(key => (Func<Task<long>>)cluster.GrainFactory.GetGrain<IWriterGrain>(key).WriteUntilClosed)];
            IReadOnlyList<double> rounds = await context.RoundsAsync("state writes to SQLite", () => CallWindow.RateAsync(writers, context.Window));
            context.Add("state.write", "1/s", rounds, Goal.AtLeast(5_000), new Baseline("one SQLite insert a commit, synchronous=FULL", Figure.Median(baseline)));
            await cluster.StopAllSilosAsync();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
