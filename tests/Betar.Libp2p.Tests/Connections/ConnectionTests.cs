using System.Net;
using Betar.Libp2p.Connections;
using Betar.Libp2p.Diagnostics;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Tests.Support;
using Betar.Orleans.Testing;

namespace Betar.Libp2p.Tests.Connections;

public sealed class ConnectionTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly ConnectionTable _table = new();
    private readonly LimitMeter _meter = new();
    private readonly ConnectionManagerOptions _options = new() { LowWater = 2, HighWater = 3 };

    [Fact]
    public void The_newest_usable_connection_is_used()
    {
        var (older, newer) = (Add(1), Add(1));

        Assert.Same(newer, _table.Find(Somebody.Id(1)));
        newer.Muxer.Abort(Libp2pError.ConnectionClosed);
        Assert.Same(older, _table.Find(Somebody.Id(1)));
        Assert.Null(_table.Find(Somebody.Id(2)));
        Assert.Equal(2, _table.Count);
    }

    [Fact]
    public async Task A_connection_that_is_being_closed_gets_no_new_streams()
    {
        var connection = Add(1);
        await connection.CloseAsync();
        Assert.Null(_table.Find(Somebody.Id(1)));
    }

    [Fact]
    public void A_connection_whose_peer_said_goodbye_gets_no_new_streams_and_still_counts()
    {
        var connection = Add(1);
        ((FakeMuxer)connection.Muxer).TakesStreams = false;

        Assert.Null(_table.Find(Somebody.Id(1)));
        Assert.True(connection.IsUsable);
    }

    [Fact]
    public void The_table_forgets_peers_with_their_last_connection()
    {
        var (first, second) = (Add(1), Add(1));

        Assert.False(_table.Remove(first));
        Assert.True(_table.Remove(second));
        Assert.False(_table.Remove(second));
        Assert.Empty(_table.Peers);
        Assert.Equal(0, _table.Count);
    }

    [Fact]
    public void Below_the_high_water_nobody_is_closed()
    {
        Fill(3);
        Assert.Empty(Manager().Choose());
        Assert.Equal(0, _meter.Count(ConnectionManager.HighWaterLimit));
    }

    [Fact]
    [Hits(ConnectionManager.HighWaterLimit)]
    public void Above_it_so_many_are_closed_that_the_low_water_is_left()
    {
        Fill(5);
        Assert.Equal(3, Manager().Choose().Count);
        Assert.Equal(1, _meter.Count(ConnectionManager.HighWaterLimit));
    }

    [Fact]
    public void New_connections_are_left_alone()
    {
        Fill(5);
        Add(20);
        Assert.DoesNotContain(Manager().Choose(), connection => connection.Peer == Somebody.Id(20));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(4, Manager().Choose().Count);
    }

    [Fact]
    public void Protected_peers_stay_until_every_tag_is_taken_back()
    {
        Fill(4);
        var manager = Manager();
        for (byte i = 1; i <= 4; i++)
        {
            manager.Protect(Somebody.Id(i), "a");
            manager.Protect(Somebody.Id(i), "b");
        }

        Assert.Empty(manager.Choose());
        Assert.True(manager.Unprotect(Somebody.Id(2), "a"));
        Assert.Empty(manager.Choose());
        Assert.False(manager.Unprotect(Somebody.Id(2), "b"));
        Assert.Equal([Somebody.Id(2)], manager.Choose().Select(connection => connection.Peer));
    }

    [Fact]
    public void What_weighs_least_goes_first()
    {
        Fill(4);
        var manager = Manager();
        manager.Tag(Somebody.Id(1), "a", 5);
        manager.Tag(Somebody.Id(1), "b", 5);
        manager.Tag(Somebody.Id(2), "a", 7);
        manager.Tag(Somebody.Id(3), "a", -1);
        manager.Tag(Somebody.Id(4), "a", 8);

        Assert.Equal([Somebody.Id(3), Somebody.Id(2)], manager.Choose().Select(connection => connection.Peer));
        manager.Untag(Somebody.Id(1), "b");
        Assert.Equal([Somebody.Id(3), Somebody.Id(1)], manager.Choose().Select(connection => connection.Peer));
    }

    [Fact]
    public void Among_equals_the_idle_go_and_those_that_we_wanted_stay()
    {
        _options.LowWater = 1;
        _table.Add(Somebody.Connection(1, _time, muxer: new FakeMuxer { StreamCount = 1 }));
        _table.Add(Somebody.Connection(2, _time, inbound: false));
        _table.Add(Somebody.Connection(3, _time));
        _table.Add(Somebody.Connection(4, _time, inbound: false, muxer: new FakeMuxer { StreamCount = 1 }));
        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal([Somebody.Id(3), Somebody.Id(2), Somebody.Id(1)], Manager().Choose().Select(connection => connection.Peer));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Only_one_side_closes_the_older_of_two_connections(bool greater)
    {
        var (small, great) = Somebody.Id(1).Bytes.SequenceCompareTo(Somebody.Id(2).Bytes) < 0 ? ((byte)1, (byte)2) : ((byte)2, (byte)1);
        var (self, other) = greater ? (great, small) : (small, great);
        var (older, _) = (Add(other), Add(other));

        Assert.Empty(Manager(Somebody.Id(self)).Choose());
        _time.Advance(_options.DuplicateGrace);
        Assert.Equal(greater ? [older] : [], Manager(Somebody.Id(self)).Choose());
    }

    [Fact]
    public void A_second_connection_in_use_is_not_closed()
    {
        var greatest = Enumerable.Range(1, 9).Select(i => Somebody.Id((byte)i)).Aggregate((a, b) => a.Bytes.SequenceCompareTo(b.Bytes) > 0 ? a : b);
        var other = (byte)Enumerable.Range(1, 9).First(i => Somebody.Id((byte)i) != greatest);
        var busy = new FakeMuxer { StreamCount = 1 };
        _table.Add(Somebody.Connection(other, _time, muxer: busy));
        Add(other);
        _time.Advance(TimeSpan.FromHours(1));

        Assert.Empty(Manager(greatest).Choose());
        busy.StreamCount = 0;
        Assert.Single(Manager(greatest).Choose());
    }

    [Fact]
    public void The_list_of_the_denied()
    {
        var gate = new DenyListGate();
        gate.Deny(Somebody.Id(1));
        gate.Deny(IPNetwork.Parse("10.0.0.0/8"));

        Assert.False(gate.MayDial(Somebody.Id(1)));
        Assert.False(gate.MayStay(Somebody.Id(1), Multiaddr.Parse("/memory/1"), true));
        Assert.True(gate.MayStay(Somebody.Id(2), Multiaddr.Parse("/memory/1"), true));
        Assert.False(gate.MayAccept(Multiaddr.Parse("/ip4/10.1.2.3/tcp/1")));
        Assert.False(gate.MayAccept(Multiaddr.Parse("/ip6/::ffff:10.1.2.3/tcp/1")));
        Assert.False(gate.MayDial(Somebody.Id(2), Multiaddr.Parse("/ip4/10.1.2.3/tcp/1")));
        Assert.True(gate.MayAccept(Multiaddr.Parse("/ip4/11.1.2.3/tcp/1")));
        Assert.True(gate.MayAccept(Multiaddr.Parse("/memory/1")));
        gate.Allow(Somebody.Id(1));
        gate.Allow(IPNetwork.Parse("10.0.0.0/8"));
        Assert.True(gate.MayDial(Somebody.Id(1)) && gate.MayAccept(Multiaddr.Parse("/ip4/10.1.2.3/tcp/1")));
    }

    private ConnectionManager Manager(PeerId? self = null) => new(_options, _table, self ?? Somebody.Id(200), _meter);

    private PeerConnection Add(byte peer)
    {
        var connection = Somebody.Connection(peer, _time);
        _table.Add(connection);
        return connection;
    }

    private void Fill(byte count)
    {
        for (byte i = 1; i <= count; i++)
            Add(i);
        _time.Advance(TimeSpan.FromHours(1));
    }
}
