using Betar.Libp2p.Tests.Support;
using Betar.Marketplace.Replication.Wire;
using Betar.Marketplace.Tests.Replication.Support;

namespace Betar.Marketplace.Tests.Replication;

/// <summary>Beside replicas that work as the original does.</summary>
public sealed class OriginalTests
{
    [Fact]
    public void Writes_and_deletes_go_both_ways() => Simulated.Run(async run =>
    {
        var network = new SimNetwork(run);
        var original = new GoReplica(network, 1);
        await using var ours = await OurNode.StartAsync(network, 2);

        original.Put("a", "1");
        await run.UntilAsync(() => ours["a"] == "1");
        await ours.PutAsync("a", "2");
        await run.UntilAsync(() => original["a"] == "2");
        await ours.PutAsync("b", "x");
        await run.UntilAsync(() => original["b"] == "x");
        original.Delete("a");
        await run.UntilAsync(() => ours["a"] is null);
        await ours.DeleteAsync("b");
        await run.UntilAsync(() => original["b"] is null);

        Assert.Equal(original.Heads.Select(head => head.ToCid()), ours.Replica.Heads);
        Assert.False(original.IsDirty);
    });

    [Fact]
    public void A_write_of_ours_over_many_renewals_leaves_the_original_one_writing() => Simulated.Run(async run =>
    {
        var network = new SimNetwork(run);
        var original = new GoReplica(network, 1);
        await using var ours = await OurNode.StartAsync(network, 2);
        for (var i = 0; i < 20; i++)
            original.Put("a", "v" + i);
        await run.UntilAsync(() => ours["a"] == "v19" && ours.Replica.Progress.Settled == 20);

        await ours.PutAsync("a", "ours");
        await run.UntilAsync(() => original["a"] == "ours");
        var ids = original.Blocks.Count;
        original.Delete("a");
        await run.UntilAsync(() => ours["a"] is null);

        var deletion = NodeCodec.Decode(original.Blocks[original.Heads.Single()]);
        Assert.Single(deletion.Delta!.Tombstones);
        Assert.Equal(ids + 1, original.Blocks.Count);
    });

    [Fact]
    public void A_chain_of_an_original_is_walked_to_its_end() => Simulated.Run(async run =>
    {
        var network = new SimNetwork(run);
        var original = new GoReplica(network, 1);
        for (var i = 0; i < 100; i++)
            original.Put("k" + i, "v");
        await using var ours = await OurNode.StartAsync(network, 2);
        original.Rebroadcast();

        await run.UntilAsync(() => ours.Replica.Progress.Settled == 100, TimeSpan.FromSeconds(20));

        Assert.Equal(100, ours.Replica.Entries.Count);
        Assert.Equal((100, 100), ((int)ours.Replica.Progress.Height, ours.Host.Fetches));
    });

    [Fact]
    public void A_restarted_original_that_writes_before_it_hears_is_heard_and_merged() => Simulated.Run(async run =>
    {
        var network = new SimNetwork(run);
        var first = new GoReplica(network, 1);
        await using var ours = await OurNode.StartAsync(network, 2);
        for (var i = 0; i < 5; i++)
            first.Put("a", "v" + i);
        await run.UntilAsync(() => ours["a"] == "v4");
        network.Remove(first.Host);

        var restarted = new GoReplica(network, 3);
        restarted.Put("a", "orphan");
        restarted.Put("b", "other");
        await run.UntilAsync(() => ours["b"] == "other");

        Assert.Equal("v4", ours["a"]);
        await ours.PutAsync("c", "1");
        await run.UntilAsync(() => restarted["c"] == "1" && restarted["a"] == "v4");
        Assert.Equal(restarted.Heads.Select(head => head.ToCid()), ours.Replica.Heads);
    });

    [Fact]
    public void Many_originals_and_ours_that_write_at_once_agree() => Simulated.Run(async run =>
    {
        var network = new SimNetwork(run) { Jitter = TimeSpan.FromMilliseconds(200) };
        GoReplica[] originals = [new(network, 1), new(network, 2), new(network, 3)];
        await using var one = await OurNode.StartAsync(network, 4);
        await using var two = await OurNode.StartAsync(network, 5);
        for (var round = 0; round < 10; round++)
        {
            foreach (var original in originals)
                original.Put("k" + (round % 3), $"{round} of {original.Host.Id}");
            await one.PutAsync("k" + (round % 3), round + " of one");
            await two.PutAsync("mine", round + " of two");
            await run.Wait(TimeSpan.FromMilliseconds(300));
        }

        await run.UntilAsync(() => Waiting.Agree(one, two) && originals.All(original => new[] { "k0", "k1", "k2", "mine" }.All(name => original[name] == one[name])),
            TimeSpan.FromMinutes(2));
    });
}
