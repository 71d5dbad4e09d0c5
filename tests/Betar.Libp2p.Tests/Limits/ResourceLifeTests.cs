using System.Net;
using Betar.Libp2p.Limits;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Tests.Support;
using Betar.Orleans.Testing;
using Betar.Tests.Shared;

namespace Betar.Libp2p.Tests.Limits;

public sealed class ResourceLifeTests
{
    private static readonly Multiaddr Remote = Multiaddr.Parse("/ip4/192.0.2.1/tcp/1");

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void What_ends_leaves_nothing_behind()
    {
        var manager = Somebody.Resources(_time);
        var connection = manager.TryOpenConnection(true, Remote)!;
        Assert.True(connection.TryAssign(Somebody.Id(1)));
        var stream = connection.TryOpenStream(true)!;
        Assert.True(stream.TryAssign("/a"));
        Assert.True(connection.TryReserve(1000));
        Assert.Equal(new ResourceAmount(1, 0, 1, 0, 1000), manager.System.Used);
        Assert.Equal(default, manager.Transient.Used);
        Assert.Equal(4, manager.DynamicScopes);

        connection.Dispose();
        stream.Dispose();

        Assert.Equal(default, manager.System.Used);
        Assert.Equal(default, manager.Transient.Used);
        Assert.Equal(0, manager.DynamicScopes);
    }

    [Fact]
    public void Giving_back_twice_or_too_late_changes_nothing()
    {
        var manager = Somebody.Resources(_time);
        var kept = manager.TryOpenConnection(true, Remote)!;
        var gone = manager.TryOpenConnection(true, Remote)!;
        Assert.True(gone.TryReserve(10));

        gone.Dispose();
        gone.Dispose();
        gone.Release(10);

        Assert.False(gone.TryReserve(1));
        Assert.False(gone.TryAssign(Somebody.Id(1)));
        Assert.Equal(new ResourceAmount(InboundConnections: 1), manager.System.Used);
        kept.Dispose();
        Assert.Equal(0, manager.DynamicScopes);
    }

    [Fact]
    public void More_than_was_taken_cannot_be_given_back()
    {
        var manager = Somebody.Resources(_time);
        var connection = manager.TryOpenConnection(false, Remote)!;
        Assert.True(connection.TryReserve(10));

        connection.Release(100);

        Assert.Equal(0, manager.System.Used.Memory);
    }

    [Fact]
    public void A_peer_that_is_refused_leaves_no_scope()
    {
        var manager = Somebody.Resources(_time, limits => limits.Peer.Memory = 1);
        var connection = manager.TryOpenConnection(false, Remote)!;
        Assert.True(connection.TryReserve(2));

        Assert.False(connection.TryAssign(Somebody.Id(1)));
        Assert.Equal(0, manager.DynamicScopes);
        connection.Dispose();
        Assert.Equal(default, manager.System.Used);
    }

    [Fact]
    public void Whatever_happens_the_sums_are_right_in_the_end()
    {
        var random = new Random(TestSeed.Value);
        var manager = Somebody.Resources(_time, limits => (limits.Peer.InboundConnections, limits.System.Memory) = (3, 5000));
        var connections = new List<ConnectionHolding>();
        var streams = new List<StreamHolding>();
        for (var step = 0; step < 5_000; step++)
        {
            switch (random.Next(6))
            {
                case 0 when manager.TryOpenConnection(random.Next(2) == 0, Multiaddr.Parse($"/ip4/192.0.2.{random.Next(4)}/tcp/1")) is { } connection:
                    connections.Add(connection);
                    break;
                case 1 when connections.Count > 0:
                    connections[random.Next(connections.Count)].TryReserve(random.Next(100));
                    break;
                case 2 when connections.Count > 0:
                    var gone = connections[random.Next(connections.Count)];
                    gone.Dispose();
                    connections.Remove(gone);
                    break;
                case 3 when connections.Count > 0 && connections[0].TryAssign(Somebody.Id((byte)random.Next(3))) && connections[0].TryOpenStream(true) is { } stream:
                    streams.Add(stream);
                    stream.TryAssign("/" + random.Next(3));
                    break;
                case 4 when streams.Count > 0:
                    streams[0].Dispose();
                    streams.RemoveAt(0);
                    break;
                default:
                    _time.Advance(TimeSpan.FromMilliseconds(random.Next(500)));
                    break;
            }

            Assert.InRange(manager.System.Used.Memory, 0, 5000);
        }

        connections.ForEach(connection => connection.Dispose());
        streams.ForEach(stream => stream.Dispose());
        Assert.True(manager.System.Used.IsZero && manager.Transient.Used.IsZero && manager.DynamicScopes == 0, $"seed {TestSeed.Value}");
    }

    [Fact]
    public void Many_threads_at_once_never_exceed_a_limit_and_leave_nothing()
    {
        var manager = Somebody.Resources(_time, limits => limits.Peer.InboundConnections = limits.Peer.OutboundConnections = 8);
        var most = 0;
        Parallel.For(0, 2_000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
        {
            if (manager.TryOpenConnection(false, Remote) is not { } connection)
                return;
            using (connection)
            {
                if (connection.TryAssign(Somebody.Id(1)))
                    InterlockedMax(ref most, manager.UsedBy(Somebody.Id(1)).OutboundConnections);
            }
        });

        Assert.InRange(most, 1, 8);
        Assert.Equal(0, manager.DynamicScopes);
        Assert.True(manager.System.Used.IsZero);
    }

    [Theory]
    [InlineData("/ip4/192.0.2.7/tcp/1", "192.0.2.7")]
    [InlineData("/ip6/::ffff:192.0.2.7/tcp/1", "192.0.2.7")]
    [InlineData("/ip6/2001:db8:1:2:3:4:5:6/tcp/1", "2001:db8:1::")]
    [InlineData("/memory/3", null)]
    [InlineData("/dns4/a/tcp/1", null)]
    public void Addresses_are_counted_in_groups(string address, string? group) =>
        Assert.Equal(group is null ? null : IPAddress.Parse(group), AddressGroup.Of(Multiaddr.Parse(address)));

    [Fact]
    public void Addresses_are_forgotten_when_they_have_been_quiet_and_strangers_refused_when_too_many_come()
    {
        var rates = new AddressRates(5, 10, 3, _time);
        for (byte i = 0; i < 3; i++)
            Assert.True(rates.TryTake(new IPAddress([192, 0, 2, i])));

        Assert.False(rates.TryTake(new IPAddress([192, 0, 2, 9])));
        Assert.True(rates.TryTake(new IPAddress([192, 0, 2, 0])));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.True(rates.TryTake(new IPAddress([192, 0, 2, 9])));
        Assert.Equal(1, rates.Count);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); value > seen; seen = Volatile.Read(ref target))
            Interlocked.CompareExchange(ref target, value, seen);
    }
}
