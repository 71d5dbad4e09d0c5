using Betar.Libp2p.Tests.Support;

namespace Betar.Marketplace.Tests.Replication.Support;

internal static class Waiting
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    /// <summary>Lets virtual time pass until it is so; answers how long that took.</summary>
    public static async Task<TimeSpan> UntilAsync(this Simulated run, Func<bool> condition, TimeSpan? most = null, Func<string>? state = null)
    {
        var start = run.Time.GetUtcNow();
        var limit = most ?? TimeSpan.FromSeconds(5);
        while (!condition())
        {
            Assert.True(run.Time.GetUtcNow() - start < limit, $"not within {limit} {state?.Invoke()}");
            await run.Wait(Step);
        }

        return run.Time.GetUtcNow() - start;
    }

    /// <summary>All have the same values and the same heads.</summary>
    public static bool Agree(params IReadOnlyList<OurNode> nodes) =>
        nodes.Skip(1).All(node => node.Heads() == nodes[0].Heads() && node.Values().SequenceEqual(nodes[0].Values()));
}
