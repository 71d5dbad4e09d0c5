using Betar.Libp2p.Tests.Support;
using Betar.Marketplace.Replication.Store;
using Betar.Marketplace.Replication.Wire;
using Betar.Marketplace.Tests.Replication.Support;
using Betar.Tests.Shared;

namespace Betar.Marketplace.Tests.Replication.Graph;

/// <summary>Killed at each write, before and after it: what follows is as if nothing had happened.</summary>
public sealed class CrashTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Killed_at_any_commit_it_goes_on_to_the_same_end(bool afterwards)
    {
        for (var round = 0; round < 5; round++)
        {
            var seed = TestSeed.Value + round;
            var random = new Random(seed);
            ReplicaNode[] nodes = [.. RandomGraph.Make(random, 12)];
            random.Shuffle(nodes);
            var expected = SlowSet.Of(nodes);
            for (var failAt = 1; ; failAt++)
            {
                var kept = new MemoryReplicaStore();
                var failing = new FailingStore(kept, failAt, afterwards);
                var killed = await RunUntilKilledAsync(failing, nodes);
                var again = await Intakes.OpenAsync(kept);
                AssertIsSound(await kept.LoadAsync(default), seed, failAt);
                await again.TakeAsync(nodes);
                Assert.True(expected.SequenceEqual(again.Values()), $"Seed {seed}, commit {failAt}");
                if (!killed)
                    break;
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Killed_while_everything_is_made_anew_it_begins_that_again(bool afterwards)
    {
        var random = new Random(TestSeed.Value);
        ReplicaNode[] nodes = [.. RandomGraph.Make(random, 25)];
        for (var failAt = 1; failAt <= 2; failAt++)
        {
            var kept = new MemoryReplicaStore();
            await (await Intakes.OpenAsync(kept)).TakeAsync(nodes);
            var intake = await Intakes.OpenAsync(new FailingStore(kept, failAt, afterwards));
            await Assert.ThrowsAsync<IOException>(async () => await intake.RebuildAsync());

            var again = await Intakes.OpenAsync(kept);
            Assert.Equal(SlowSet.Of(nodes), again.Values());
            Assert.False((await kept.LoadAsync(default)).Rebuilding);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_disk_that_fails_once_is_survived_while_running(bool afterwards) => Simulated.Run(async run =>
    {
        var network = new SimNetwork(run);
        await using var other = await OurNode.StartAsync(network, 2);
        var store = new FailingStore(new MemoryReplicaStore(), 3, afterwards);
        await using var ours = await OurNode.StartAsync(network, 1, store);
        ours.MayFail = true;
        await ours.PutAsync("a", "1");

        await Assert.ThrowsAsync<IOException>(async () => await ours.PutAsync("b", "2"));
        Assert.Equal(afterwards ? "2" : null, ours["b"]);
        await ours.PutAsync("b", "3");
        await other.PutAsync("c", "4");

        await run.UntilAsync(() => Waiting.Agree(ours, other) && ours["c"] == "4" && other["b"] == "3", TimeSpan.FromMinutes(2));
    });

    [Fact]
    public void What_was_being_fetched_when_the_disk_failed_is_fetched_again() => Simulated.Run(async run =>
    {
        var network = new SimNetwork(run);
        var chain = Forge.Chain(6);
        var store = new FailingStore(new MemoryReplicaStore(), 4, afterwards: false);
        await using var ours = await OurNode.StartAsync(network, 1, store);
        ours.MayFail = true;
        new Stranger(network, 9, chain).Tell(chain[^1]);

        await run.UntilAsync(() => ours.Replica.Progress.Settled == 6, TimeSpan.FromMinutes(2));
        Assert.Equal(6, ours.Replica.Entries.Count);
    });

    private static async Task<bool> RunUntilKilledAsync(IReplicaStore store, ReplicaNode[] nodes)
    {
        try
        {
            await (await Intakes.OpenAsync(store)).TakeAsync(nodes);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>Every element has its node, every head is settled or nothing is, and the order has no holes.</summary>
    private static void AssertIsSound(ReplicaState state, int seed, int failAt)
    {
        var where = $"Seed {seed}, commit {failAt}";
        Assert.True(state.LastSequence + state.Loose.Count == state.NodeCount, where);
        Assert.True(state.LastSequence == 0 || state.Heads.Count > 0, where);
        Assert.True(state.Elements.All(element => state.Loose.All(row => row.Id != element.Node)), where);
    }
}
