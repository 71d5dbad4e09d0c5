using Betar.Libp2p.Tests.Support;
using Betar.Marketplace.Replication;
using Betar.Marketplace.Replication.Wire;
using Betar.Marketplace.Tests.Replication.Support;

namespace Betar.Marketplace.Tests.Replication;

/// <summary>What a replica writes, and what it refuses to.</summary>
public sealed class ReplicaWritingTests
{
    [Fact]
    public void What_changes_nothing_writes_nothing() => Simulated.Run(async run =>
    {
        await using var one = await OurNode.StartAsync(new SimNetwork(run), 1);

        Assert.Null(await one.DeleteAsync("a"));
        Assert.NotNull(await one.PutAsync("a", "1"));
        Assert.Null(await one.PutAsync("a", "1"));
        Assert.Null(await one.Replica.WriteAsync([], default));
        Assert.Equal(1, one.Replica.Progress.Settled);
    });

    [Fact]
    public void One_write_is_one_node_on_all_heads_in_the_order_of_their_bytes() => Simulated.Run(async run =>
    {
        var network = new SimNetwork(run);
        await using var one = await OurNode.StartAsync(network, 1);
        var heads = Enumerable.Range(0, 5).Select(i => Forge.Put("h" + i, "x")).ToList();
        var liar = new Stranger(network, 9, heads);
        liar.Tell([.. heads]);
        await run.UntilAsync(() => one.Replica.Heads.Count == 5);

        var cid = await one.Replica.WriteAsync([.. Enumerable.Range(0, 200).Select(i => new ReplicaWrite(Forge.Key("k" + i), Forge.Bytes("v")))], default);

        Assert.True(NodeId.TryFrom(cid!, out var id));
        var row = (await one.Store.FindAsync(id, default))!;
        var node = NodeCodec.Decode(row.Data);
        Assert.Equal(heads.Select(head => head.Id).Order(), node.Parents);
        Assert.Equal((2UL, 200, 2UL), (node.Priority, node.Delta!.Elements.Count, row.Height));
        Assert.Equal([cid!], one.Replica.Heads);
    });

    [Fact]
    public void A_write_removes_what_it_writes_over() => Simulated.Run(async run =>
    {
        await using var one = await OurNode.StartAsync(new SimNetwork(run), 1);
        await one.PutAsync("a", "1");
        await one.PutAsync("a", "2");
        await one.PutAsync("a", "3");

        var state = await one.Store.LoadAsync(default);
        Assert.Single(state.Elements);
        Assert.Empty(state.EarlyTombstones);
        Assert.Equal("3", one["a"]);
    });

    [Fact]
    public void Writes_that_could_have_no_effect_are_refused() => Simulated.Run(async run =>
    {
        await using var one = await OurNode.StartAsync(new SimNetwork(run), 1);
        ReplicaWrite[][] bad =
        [
            [new("/other/a", Forge.Bytes("x"))],
            [new("/agents/", Forge.Bytes("x"))],
            [new(Forge.Key(new string('k', 600)), Forge.Bytes("x"))],
            [new(Forge.Key("a\0b"), Forge.Bytes("x"))],
            [new(Forge.Key("a"), new byte[70_000])],
            [new(Forge.Key("a"), Forge.Bytes("x")), new(Forge.Key("a"), null)],
            [.. Enumerable.Range(0, 257).Select(i => new ReplicaWrite(Forge.Key("k" + i), Forge.Bytes("x")))],
            [.. Enumerable.Range(0, 17).Select(i => new ReplicaWrite(Forge.Key("k" + i), new byte[65_000]))],
        ];

        foreach (var writes in bad)
            await Assert.ThrowsAsync<ArgumentException>(async () => await one.Replica.WriteAsync(writes, default));
        Assert.Empty(one.Replica.Entries);
    });

    [Fact]
    public void A_key_with_more_writings_than_fit_a_node_is_deleted_by_several() => Simulated.Run(async run =>
    {
        var network = new SimNetwork(run);
        await using var one = await OurNode.StartAsync(network, 1, options: new ReplicaOptions { MaxTombstones = 4 });
        var chain = Forge.Chain(10, _ => "a");
        new Stranger(network, 9, chain).Tell(chain[^1]);
        await run.UntilAsync(() => one["a"] == "v9" && one.Replica.Progress.Settled == 10);

        await one.DeleteAsync("a");

        Assert.Null(one["a"]);
        Assert.Equal(13, one.Replica.Progress.Settled);
    });

    [Fact]
    public void Without_heads_those_that_are_told_are_built_on_at_once() => Simulated.Run(async run =>
    {
        var network = new SimNetwork(run);
        var chain = Forge.Chain(50);
        await using var one = await OurNode.StartAsync(network, 1);
        new Stranger(network, 9, chain).Tell(chain[^1]);
        await run.UntilAsync(() => one["k49"] == "v49");
        Assert.True(one.Replica.Progress.Loose > 0 && one.Replica.Progress.Settled == 0, "the newest is shown before the rest is here");

        await one.PutAsync("mine", "1");

        Assert.Equal((51UL, "1"), (one.Replica.Find(Forge.Key("mine"))!.Priority, one["mine"]));
        await run.UntilAsync(() => one.Replica.Progress.Settled == 51);
        Assert.Single(one.Replica.Heads);
        Assert.Equal(51UL, one.Replica.Find(Forge.Key("mine"))!.Priority);
    });

    [Fact]
    public void A_delete_on_a_head_whose_past_is_not_here_is_written_once() => Simulated.Run(async run =>
    {
        var network = new SimNetwork(run);
        var chain = Forge.Chain(30, _ => "a");
        await using var one = await OurNode.StartAsync(network, 1);
        new Stranger(network, 9, chain).Tell(chain[^1]);
        await run.UntilAsync(() => one["a"] == "v29");

        Assert.NotNull(await one.DeleteAsync("a"));

        await run.UntilAsync(() => one.Replica.Progress is { Settled: 31, Loose: 0 });
    });

    [Fact]
    public void What_is_closed_takes_no_writes() => Simulated.Run(async run =>
    {
        var one = await OurNode.StartAsync(new SimNetwork(run), 1);
        await one.DisposeAsync();
        await one.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await one.PutAsync("a", "1"));
    });
}
