using Betar.Marketplace.Replication.Store;
using Betar.Marketplace.Replication.Wire;
using Betar.Marketplace.Tests.Replication.Support;
using Betar.Tests.Shared;

namespace Betar.Marketplace.Tests.Replication.Sets;

/// <summary>The laws of the set on random graphs with liars, against a model that looks at everything at once.</summary>
public sealed class MergeLawTests
{
    private const int Rounds = 60;

    [Fact]
    public Task Any_order_gives_what_the_model_says() => ForManyAsync(async (random, nodes) =>
    {
        random.Shuffle(nodes);
        var intake = await Intakes.OpenAsync();
        await intake.TakeAsync(nodes, commitEvery: 1 + random.Next(7));

        Assert.Equal(SlowSet.Of(nodes), intake.Values());
        Assert.Equal(0, intake.Loose.Count);
    });

    [Fact]
    public Task Merging_is_commutative_in_parts() => ForManyAsync(async (random, nodes) =>
    {
        var cut = random.Next(nodes.Length);
        var (one, other) = (await Intakes.OpenAsync(), await Intakes.OpenAsync());
        await one.TakeAsync(nodes[..cut]);
        await one.TakeAsync(nodes[cut..]);
        await other.TakeAsync(nodes[cut..]);
        await other.TakeAsync(nodes[..cut]);

        Assert.Equal(one.Values(), other.Values());
        Assert.Equal(one.Heads, other.Heads);
    });

    [Fact]
    public Task Merging_is_idempotent() => ForManyAsync(async (random, nodes) =>
    {
        var intake = await Intakes.OpenAsync();
        await intake.TakeAsync(nodes);
        var (values, heads) = (intake.Values(), intake.Heads);
        random.Shuffle(nodes);
        await intake.TakeAsync(nodes);

        Assert.Equal(values, intake.Values());
        Assert.Equal(heads, intake.Heads);
    });

    [Fact]
    public Task How_nodes_are_batched_makes_no_difference() => ForManyAsync(async (random, nodes) =>
    {
        var (one, other) = (await Intakes.OpenAsync(), await Intakes.OpenAsync());
        await one.TakeAsync(nodes, commitEvery: 1);
        await other.TakeAsync(nodes, commitEvery: nodes.Length);

        Assert.Equal(one.Values(), other.Values());
        Assert.Equal(one.Heads, other.Heads);
    });

    [Fact]
    public Task What_was_kept_is_what_was_there() => ForManyAsync(async (random, nodes) =>
    {
        random.Shuffle(nodes);
        var store = new MemoryReplicaStore();
        var cut = random.Next(nodes.Length);
        await (await Intakes.OpenAsync(store)).TakeAsync(nodes[..cut]);
        var again = await Intakes.OpenAsync(store);
        await again.TakeAsync(nodes[cut..]);

        Assert.Equal(SlowSet.Of(nodes), again.Values());
    });

    [Fact]
    public Task Making_everything_anew_changes_nothing() => ForManyAsync(async (random, nodes) =>
    {
        random.Shuffle(nodes);
        var store = new MemoryReplicaStore();
        var intake = await Intakes.OpenAsync(store);
        await intake.TakeAsync(nodes);
        var (values, heads, epoch) = (intake.Values(), intake.Heads, intake.Epoch);
        await intake.RebuildAsync();

        Assert.Equal(values, intake.Values());
        Assert.Equal(heads, intake.Heads);
        Assert.NotEqual(epoch, intake.Epoch);
        Assert.Equal(values, (await Intakes.OpenAsync(store)).Values());
    });

    [Fact]
    public Task Nodes_that_nobody_has_change_nothing_for_good() => ForManyAsync(async (random, nodes) =>
    {
        var gone = nodes[random.Next(nodes.Length)];
        var intake = await Intakes.OpenAsync();
        await intake.TakeAsync(nodes.Where(node => node.Id != gone.Id));
        foreach (var id in intake.Loose.Missing.ToList())
            await intake.GiveUpAsync(id);
        await intake.CommitAsync();
        Assert.Equal(SlowSet.Of(nodes.Where(node => node.Id != gone.Id)), intake.Values());

        await intake.TakeAsync([gone]);

        Assert.Equal(SlowSet.Of(nodes), intake.Values());
    });

    private static async Task ForManyAsync(Func<Random, ReplicaNode[], Task> check)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var seed = TestSeed.Value + round;
            try
            {
                var random = new Random(seed);
                await check(random, [.. RandomGraph.Make(random, 2 + random.Next(30))]);
            }
            catch (Exception error)
            {
                throw new InvalidOperationException($"Seed {seed}: {error.Message} ({TestSeed.Variable}={seed} begins with it.)", error);
            }
        }
    }
}
