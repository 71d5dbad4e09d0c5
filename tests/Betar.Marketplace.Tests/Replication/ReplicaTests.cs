using Betar.Libp2p.Tests.Support;
using Betar.Marketplace.Replication.Store;
using Betar.Marketplace.Tests.Replication.Support;

namespace Betar.Marketplace.Tests.Replication;

public sealed class ReplicaTests
{
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
}
