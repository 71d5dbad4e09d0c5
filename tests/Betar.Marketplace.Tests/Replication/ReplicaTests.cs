using Betar.Libp2p.PubSub;
using Betar.Libp2p.Tests.Support;
using Betar.Marketplace.Replication;
using Betar.Marketplace.Replication.Store;
using Betar.Marketplace.Replication.Wire;
using Betar.Marketplace.Tests.Replication.Support;

namespace Betar.Marketplace.Tests.Replication;

public sealed class ReplicaTests
{
    private const string Topic = "betar/marketplace/crdt";

    [Fact]
    public void A_write_is_seen_by_the_others_at_once() => Simulated.Run(async run =>
    {
        var network = new SimNetwork(run);
        await using var one = await OurNode.StartAsync(network, 1);
        await using var other = await OurNode.StartAsync(network, 2);

        var node = await one.PutAsync("a", "1");
        var took = await run.UntilAsync(() => other["a"] == "1");

        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromMilliseconds(200));
        var entry = other.Replica.Find(Forge.Key("a"))!;
        Assert.Equal((node, 1UL, one.Host.Id, false), (entry.Node, entry.Priority, entry.FirstFrom!.Value, entry.IsOwn));
        Assert.True(one.Replica.Find(Forge.Key("a"))!.IsOwn);
        Assert.Equal([("/agents/a", "1")], other.Changes);
        Assert.Equal(one.Heads(), other.Heads());
    });

    [Fact]
    public void Who_waits_for_a_node_is_told_when_it_is_kept_whether_it_was_written_or_fetched() => Simulated.Run(async run =>
    {
        var network = new SimNetwork(run);
        await using var one = await OurNode.StartAsync(network, 1);
        await using var other = await OurNode.StartAsync(network, 2);
        List<bool> kept = [];
        other.Host.OnAnnounced = async cid => kept.Add(NodeId.TryFrom(cid, out var id) && await other.Store.FindAsync(id, default) is not null);

        var node = await one.PutAsync("a", "1");
        await run.UntilAsync(() => other.Host.Announced.Count > 0);

        Assert.Equal([node!], one.Host.Announced);
        Assert.Equal([node!], other.Host.Announced);
        Assert.Equal([true], kept);
    });

    [Fact]
    public void A_delete_is_seen_by_the_others() => Simulated.Run(async run =>
    {
        var network = new SimNetwork(run);
        await using var one = await OurNode.StartAsync(network, 1);
        await using var other = await OurNode.StartAsync(network, 2);
        await one.PutAsync("a", "1");
        await run.UntilAsync(() => other["a"] == "1");

        Assert.NotNull(await other.DeleteAsync("a"));

        await run.UntilAsync(() => one["a"] is null);
        Assert.Equal([("/agents/a", "1"), ("/agents/a", null)], one.Changes);
    });

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
    public void The_newest_values_come_first_and_wide_graphs_are_fetched_at_once() => Simulated.Run(async run =>
    {
        var network = new SimNetwork(run);
        var leaves = Enumerable.Range(0, 60).Select(i => Forge.Put("k" + i, "v")).ToList();
        var top = Forge.Put("top", "1", [.. leaves]);
        await using var one = await OurNode.StartAsync(network, 1);
        new Stranger(network, 9, [.. leaves, top]).Tell(top);
        await run.UntilAsync(() => one.Replica.Entries.Count > 0);
        Assert.Equal("1", one["top"]);

        var took = await run.UntilAsync(() => one.Replica.Entries.Count == 61);

        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromMilliseconds(150));
        Assert.True(one.Host.MostFetchesAtOnce is > 24 and <= 64, $"{one.Host.MostFetchesAtOnce}");
    });

    [Fact]
    public void Heads_are_told_again_only_when_nobody_else_told_them() => Simulated.Run(async run =>
    {
        var network = new SimNetwork(run);
        await using var one = await OurNode.StartAsync(network, 1);
        var told = new List<DateTimeOffset>();
        var ears = network.Add(9);
        ears.Listen(Topic, (_, _) => told.Add(run.Time.GetUtcNow()));
        await one.PutAsync("a", "1");
        await run.Wait(TimeSpan.FromSeconds(1));
        var before = told.Count;

        await run.Wait(TimeSpan.FromMinutes(10));

        var pauses = told.Skip(before).Zip(told.Skip(before + 1), (first, second) => second - first).ToList();
        Assert.True(pauses.Count is >= 6 and <= 14, $"{pauses.Count}");
        Assert.All(pauses, pause => Assert.InRange(pause, TimeSpan.FromSeconds(41.9), TimeSpan.FromSeconds(78.1)));
        Assert.True(pauses.Distinct().Count() > 3);

        var heads = HeadsCodec.Encode([.. one.Replica.Heads.Select(head => NodeId.TryFrom(head, out var id) ? id : default)]);
        var count = told.Count;
        for (var second = 0; second < 300; second += 10)
        {
            ears.Publish(Topic, heads);
            await run.Wait(TimeSpan.FromSeconds(10));
        }

        Assert.Equal(count, told.Count);
    });

    [Fact]
    public void Newcomers_hear_the_heads_at_once_and_a_crowd_of_them_only_once_a_second() => Simulated.Run(async run =>
    {
        var network = new SimNetwork(run);
        await using var one = await OurNode.StartAsync(network, 1);
        await one.PutAsync("a", "1");
        await run.Wait(TimeSpan.FromSeconds(5));
        var (told, heard) = (one.Host.Told, 0);

        for (var number = 20; number < 60; number++)
            network.Add(number).Listen(Topic, (_, _) => heard++);
        await run.Wait(TimeSpan.FromSeconds(2));

        Assert.Equal(2, one.Host.Told - told);
        Assert.True(heard >= 40, $"{heard}");
    });

    [Fact]
    public void A_replica_that_was_closed_goes_on_where_it_was() => Simulated.Run(async run =>
    {
        var network = new SimNetwork(run);
        var store = new MemoryReplicaStore();
        string heads;
        await using (var one = await OurNode.StartAsync(network, 1, store))
        {
            await one.PutAsync("a", "1");
            await one.PutAsync("b", "2");
            await one.DeleteAsync("a");
            heads = one.Heads();
            network.Remove(one.Host);
        }

        await using var again = await OurNode.StartAsync(network, 1, store);
        Assert.Equal((null, "2", heads), (again["a"], again["b"], again.Heads()));
        Assert.True(again.Replica.Find(Forge.Key("b"))!.IsOwn);
        await again.PutAsync("b", "3");
        Assert.Equal(4UL, again.Replica.Find(Forge.Key("b"))!.Priority);
    });

    [Fact]
    public void What_is_closed_takes_no_writes() => Simulated.Run(async run =>
    {
        var one = await OurNode.StartAsync(new SimNetwork(run), 1);
        await one.DisposeAsync();
        await one.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await one.PutAsync("a", "1"));
    });

    [Fact]
    public void Holders_are_those_who_told_the_node_or_one_above_it() => Simulated.Run(async run =>
    {
        var network = new SimNetwork(run);
        await using var one = await OurNode.StartAsync(network, 1);
        await using var two = await OurNode.StartAsync(network, 2);
        await using var three = await OurNode.StartAsync(network, 3);
        var cid = (await one.PutAsync("a", "1"))!;
        await run.UntilAsync(() => Waiting.Agree(one, two, three));
        Assert.Empty(await one.Replica.HoldersAsync(cid, default));

        await two.PutAsync("b", "1");
        await run.UntilAsync(() => Waiting.Agree(one, two, three));

        var holder = Assert.Single(await one.Replica.HoldersAsync(cid, default));
        Assert.Equal(two.Host.Id, holder.Peer);
        Assert.Equal([two.Host.Id], one.Replica.LastGossip.Keys);
        Assert.Equal(two.Replica.Heads, one.Replica.Sightings.Select(sighting => sighting.Head));
        Assert.Empty(await one.Replica.HoldersAsync(NodeId.Of("unknown"u8).ToCid(), default));
    });

    [Fact]
    public void A_handler_that_throws_stops_nothing() => Simulated.Run(async run =>
    {
        await using var one = await OurNode.StartAsync(new SimNetwork(run), 1);
        one.MayFail = true;
        one.Replica.Changed += (_, _) => throw new InvalidOperationException("of the handler");

        await one.PutAsync("a", "1");
        await one.PutAsync("a", "2");

        Assert.Equal("2", one["a"]);
        Assert.Equal(2, one.Log.Faults.Count);
    });

    [Fact]
    public void What_is_no_broadcast_is_rejected() => Simulated.Run(async run =>
    {
        var network = new SimNetwork(run);
        await using var one = await OurNode.StartAsync(network, 1);
        var stranger = network.Add(9);
        stranger.Listen(Topic, (_, _) => { });

        stranger.Publish(Topic, "no broadcast"u8.ToArray());
        stranger.Publish(Topic, HeadsCodec.Encode([.. Enumerable.Range(0, 17).Select(i => NodeId.Of([(byte)i]))]));
        stranger.Publish(Topic, HeadsCodec.Encode([NodeId.Of("x"u8)]));
        await run.Wait(TimeSpan.FromSeconds(1));

        Assert.Equal([MessageVerdict.Accept, MessageVerdict.Reject, MessageVerdict.Reject], one.Host.Verdicts.Order());
    });
}
