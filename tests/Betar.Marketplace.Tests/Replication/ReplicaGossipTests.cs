using Betar.Libp2p.PubSub;
using Betar.Libp2p.Tests.Support;
using Betar.Marketplace.Replication.Wire;
using Betar.Marketplace.Tests.Replication.Support;

namespace Betar.Marketplace.Tests.Replication;

/// <summary>What a replica tells others, and what it makes of what they tell.</summary>
public sealed class ReplicaGossipTests
{
    private const string Topic = "betar/marketplace/crdt";

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
