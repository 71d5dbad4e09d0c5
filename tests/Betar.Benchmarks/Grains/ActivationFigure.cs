using Betar.Benchmarks.Harness;
using Orleans.TestingHost;

namespace Betar.Benchmarks.Grains;

/// <summary>What 100,000 active small grains add to the resident memory of a process, each.</summary>
internal static class ActivationFigure
{
    public const string Part = "activations";
    public const string Child = "activations";
    public const string BaselineChild = "objects";

    private const int Count = 100_000;
    private const int Warm = 1_000;

    public static async Task AddAsync(BenchContext context)
    {
        IReadOnlyList<double> rounds = await context.RoundsAsync("100,000 activations, in processes of their own", () => ChildProcess.MeasureAsync(Child));
        IReadOnlyList<double> baseline = await context.RoundsAsync("baseline: as many objects in a dictionary", () => ChildProcess.MeasureAsync(BaselineChild), rounds: 3);
        context.Add("activations.rss", "B", rounds, Goal.AtMost(2048), new Baseline("object in a dictionary", Figure.Median(baseline)));
    }

    public static async Task<double> MeasureAsync()
    {
        await using TestCluster cluster = await BenchCluster.DeployAsync<QuietSetup>(1);
        await ActivateAsync(cluster, 0, Warm);
        long before = Resident();
        await ActivateAsync(cluster, Warm, Count);
        double each = (double)(Resident() - before) / Count;
        await cluster.StopAllSilosAsync();
        return each;
    }

    public static Task<double> MeasureObjectsAsync()
    {
        var objects = new Dictionary<long, object>();
        Add(objects, 0, Warm);
        long before = Resident();
        Add(objects, Warm, Count);
        double each = (double)(Resident() - before) / Count;
        GC.KeepAlive(objects);
        return Task.FromResult(each);
    }

    private static void Add(Dictionary<long, object> objects, int first, int count)
    {
        for (int key = first; key < first + count; key++)
            objects.Add(key, new SmallObject());
    }

    private static async Task ActivateAsync(TestCluster cluster, int first, int count)
    {
        foreach (int[] keys in Enumerable.Range(first, count).Chunk(1000))
            await Task.WhenAll(keys.Select(key => cluster.GrainFactory.GetGrain<ISmallGrain>(key).Add(1).AsTask()));
    }

    // What the collector can give back is not counted.
    private static long Resident()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return Environment.WorkingSet;
    }

    private sealed class SmallObject
    {
        public long Sum { get; set; }
    }
}
