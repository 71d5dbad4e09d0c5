using Betar.Marketplace.Replication;
using Betar.Marketplace.Replication.Walking;
using Betar.Marketplace.Replication.Wire;
using Betar.Marketplace.Tests.Replication.Support;

namespace Betar.Marketplace.Tests.Replication.Walking;

public sealed class WantListTests
{
    private static readonly DateTimeOffset Now = Forge.Then;

    [Fact]
    public void One_author_has_only_so_many_unknown_heads()
    {
        var wants = new WantList(new ReplicaOptions());

        Assert.Equal(8, Enumerable.Range(0, 20).Count(i => wants.TryAddHead(Id(i), Peers.Id(1), Peers.Id(2), Now)));
        Assert.True(wants.Remove(Id(0), Now));
        Assert.True(wants.Contains(Id(19)), "the last one comes when there is room");
        Assert.False(wants.Contains(Id(18)));
        Assert.True(wants.Remove(Id(1), Now) && wants.Contains(Id(18)));
        Assert.False(wants.TryAddHead(Id(31), Peers.Id(1), Peers.Id(2), Now));
        Assert.True(wants.TryAddHead(Id(19), Peers.Id(3), Peers.Id(2), Now), "known ones are no burden");
    }

    [Fact]
    public void One_neighbour_passes_on_only_so_many_unknown_heads()
    {
        var wants = new WantList(new ReplicaOptions { MaxUnknownHeadsPerSender = 10 });

        Assert.Equal(10, Enumerable.Range(0, 20).Count(i => wants.TryAddHead(Id(i), Peers.Id(100 + i), Peers.Id(2), Now)));
    }

    [Fact]
    public void The_newest_comes_first_and_heads_before_all()
    {
        var wants = new WantList(new ReplicaOptions());
        wants.AddParent(Id(1), Peers.Id(1), [], 5, Now);
        wants.AddParent(Id(2), Peers.Id(1), [], 9, Now);
        wants.AddParent(Id(3), Peers.Id(1), [], 7, Now);
        wants.TryAddHead(Id(4), Peers.Id(1), Peers.Id(1), Now);

        Assert.Equal([Id(4), Id(2), Id(3), Id(1)], Drain(wants));
    }

    [Fact]
    public void Those_who_gave_their_word_take_turns()
    {
        var wants = new WantList(new ReplicaOptions());
        for (var i = 0; i < 6; i++)
            wants.AddParent(Id(i), Peers.Id(1), [], 100, Now);
        wants.AddParent(Id(20), Peers.Id(2), [], 1, Now);
        wants.AddParent(Id(21), Peers.Id(2), [], 1, Now);

        var order = Drain(wants);

        Assert.True(order.IndexOf(Id(20)) < 2 && order.IndexOf(Id(21)) < 4);
    }

    [Fact]
    public void A_word_is_good_for_so_many_nodes_at_once_and_so_many_a_second()
    {
        var wants = new WantList(new ReplicaOptions { NodeBurst = 10, NodesPerSecond = 2 });
        for (var i = 0; i < 40; i++)
            wants.AddParent(Id(i), Peers.Id(1), [], 1, Now);

        Assert.Equal(10, Drain(wants).Count);
        Assert.InRange(wants.UntilNext(Now)!.Value, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1));
        Assert.Equal(10, Drain(wants, Now.AddSeconds(5)).Count);
    }

    [Fact]
    public void A_word_is_good_for_so_many_bytes()
    {
        var wants = new WantList(new ReplicaOptions { ByteBurst = 10_000, BytesPerSecond = 1024 });
        wants.AddParent(Id(1), Peers.Id(1), [], 1, Now);
        wants.AddParent(Id(2), Peers.Id(1), [], 1, Now);

        Assert.NotNull(wants.Next(Now));
        wants.Spend(Peers.Id(1), 0, 12_048, Now);

        Assert.Null(wants.Next(Now));
        Assert.Null(wants.Next(Now.AddSeconds(1)));
        Assert.NotNull(wants.Next(Now.AddSeconds(3)));
        Assert.Equal(TimeSpan.Zero, wants.Until(Peers.Id(1), Now.AddSeconds(3)));
    }

    [Fact]
    public void Pauses_between_attempts_grow_up_to_a_minute()
    {
        var wants = new WantList(new ReplicaOptions());
        wants.AddParent(Id(1), Peers.Id(1), [], 1, Now);
        var (at, pauses) = (Now, new List<double>());
        for (var attempt = 0; attempt < 8; attempt++)
        {
            wants.Rest(wants.Next(at)!, at);
            var pause = wants.UntilNext(at)!.Value;
            Assert.Null(wants.Next(at + pause - TimeSpan.FromMilliseconds(1)));
            pauses.Add(pause.TotalSeconds);
            at += pause;
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60], pauses);
    }

    [Fact]
    public void A_newcomer_ends_the_pauses_and_is_asked()
    {
        var wants = new WantList(new ReplicaOptions());
        wants.AddParent(Id(1), Peers.Id(1), [], 1, Now);
        wants.Rest(wants.Next(Now)!, Now);
        Assert.Null(wants.Next(Now));

        wants.WakeAll(Peers.Id(7), Now);

        Assert.Contains(Peers.Id(7), wants.Next(Now)!.Likely);
        Assert.Null(wants.Next(Now.AddHours(1)));
    }

    [Fact]
    public void What_is_in_flight_is_not_asked_for_twice()
    {
        var wants = new WantList(new ReplicaOptions());
        wants.AddParent(Id(1), Peers.Id(1), [], 1, Now);
        Assert.NotNull(wants.Next(Now));
        wants.AddParent(Id(1), Peers.Id(2), [Peers.Id(2)], 5, Now);

        Assert.Null(wants.Next(Now));
    }

    [Fact]
    public void All_that_is_asked_on_a_word_can_be_dropped()
    {
        var wants = new WantList(new ReplicaOptions());
        wants.TryAddHead(Id(1), Peers.Id(1), Peers.Id(1), Now);
        wants.AddParent(Id(2), Peers.Id(1), [], 1, Now);
        wants.AddParent(Id(3), Peers.Id(2), [], 1, Now);

        wants.Drop(Peers.Id(1), Now);

        Assert.Equal(1, wants.Count);
        Assert.Equal([Id(3)], Drain(wants));
    }

    [Fact]
    public void Peers_on_whose_word_nothing_waits_are_forgotten_when_there_are_many()
    {
        var wants = new WantList(new ReplicaOptions());
        for (var i = 0; i < 20; i++)
            wants.Spend(Peers.Id(i), 1, 1, Now);
        wants.AddParent(Id(1), Peers.Id(3), [], 1, Now);

        wants.ForgetIdleLanes(5);

        Assert.Equal(5, wants.LaneCount);
        Assert.Equal([Id(1)], Drain(wants));
    }

    [Fact]
    public void Nobodys_word_takes_more_than_half_of_what_is_free()
    {
        var wants = new WantList(new ReplicaOptions());
        for (var i = 0; i < 300; i++)
            wants.AddParent(Id(i), Peers.Id(i % 3), [], 1, Now);
        var (free, taken) = (64, new Dictionary<Betar.Libp2p.Identity.PeerId, int>());
        while (wants.Next(Now, free) is { } want)
        {
            free--;
            taken[want.Teller!.Value] = taken.GetValueOrDefault(want.Teller.Value) + 1;
        }

        Assert.Equal(3, taken.Count);
        Assert.True(free >= 10 && taken.Values.Max() <= 32, $"{free} {string.Join(' ', taken.Values)}");
        wants.AddParent(Id(999), Peers.Id(9), [], 1, Now);
        Assert.Equal(Id(999), wants.Next(Now, free)!.Id);
    }

    [Fact]
    public void Only_few_likely_peers_are_remembered()
    {
        var wants = new WantList(new ReplicaOptions());
        wants.AddParent(Id(1), Peers.Id(1), [.. Enumerable.Range(1, 9).Select(Peers.Id)], 1, Now);

        Assert.Equal(4, wants.Next(Now)!.Likely.Count);
    }

    private static NodeId Id(int number) => NodeId.Of(BitConverter.GetBytes(number));

    private static List<NodeId> Drain(WantList wants, DateTimeOffset? now = null)
    {
        var taken = new List<NodeId>();
        while (wants.Next(now ?? Now) is { } want)
        {
            taken.Add(want.Id);
            wants.Remove(want.Id, Now);
        }

        return taken;
    }
}
