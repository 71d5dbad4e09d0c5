using Betar.Libp2p.Diagnostics;
using Betar.Libp2p.Limits;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Tests.Support;
using Betar.Orleans.Testing;

namespace Betar.Libp2p.Tests.Limits;

/// <summary>Every scope with every thing that is counted in it: what fits is taken, one more is refused and counted, and what ends makes room.</summary>
public sealed class ResourceManagerTests
{
    private static readonly Multiaddr Memory = Multiaddr.Parse("/memory/1");

    private readonly ManualTimeProvider _time = new();
    private readonly LimitMeter _meter = new();

    [Fact]
    [Hits("transient.inbound_connections")]
    public void Half_open_connections_in_total()
    {
        var manager = Create(limits => limits.Transient.InboundConnections = 2);
        var first = manager.TryOpenConnection(true, Memory)!;
        manager.TryOpenConnection(true, Memory);

        AssertRefused("transient.inbound_connections", () => manager.TryOpenConnection(true, Memory) is null);
        Assert.True(first.TryAssign(Somebody.Id(1)));
        Assert.NotNull(manager.TryOpenConnection(true, Memory));
    }

    [Fact]
    [Hits("transient.outbound_connections")]
    public void Half_open_dials_in_total()
    {
        var manager = Create(limits => limits.Transient.OutboundConnections = 1);
        manager.TryOpenConnection(false, Memory);

        AssertRefused("transient.outbound_connections", () => manager.TryOpenConnection(false, Memory) is null);
    }

    [Theory]
    [InlineData(true, "system.inbound_connections")]
    [InlineData(false, "system.outbound_connections")]
    [Hits("system.inbound_connections", "system.outbound_connections")]
    public void Connections_in_total(bool inbound, string limit)
    {
        var manager = Create(limits => limits.System.InboundConnections = limits.System.OutboundConnections = 1);
        var only = manager.TryOpenConnection(inbound, Memory)!;
        Assert.True(only.TryAssign(Somebody.Id(1)));

        AssertRefused(limit, () => manager.TryOpenConnection(inbound, Memory) is null);
        only.Dispose();
        Assert.NotNull(manager.TryOpenConnection(inbound, Memory));
    }

    [Theory]
    [InlineData(true, "peer.inbound_connections")]
    [InlineData(false, "peer.outbound_connections")]
    [Hits("peer.inbound_connections", "peer.outbound_connections")]
    public void Connections_of_a_peer(bool inbound, string limit)
    {
        var manager = Create(limits => limits.Peer.InboundConnections = limits.Peer.OutboundConnections = 1);
        var first = manager.TryOpenConnection(inbound, Memory)!;
        Assert.True(first.TryAssign(Somebody.Id(1)));
        Assert.True(manager.TryOpenConnection(inbound, Memory)!.TryAssign(Somebody.Id(2)));

        AssertRefused(limit, () => !manager.TryOpenConnection(inbound, Memory)!.TryAssign(Somebody.Id(1)));
        first.Dispose();
        Assert.True(manager.TryOpenConnection(inbound, Memory)!.TryAssign(Somebody.Id(1)));
    }

    [Theory]
    [InlineData("/ip4/192.0.2.1/tcp/1", "/ip4/192.0.2.1/tcp/2", "/ip4/192.0.2.2/tcp/1")]
    [InlineData("/ip6/2001:db8:0:100::1/tcp/1", "/ip6/2001:db8:0:1ff::2/tcp/2", "/ip6/2001:db8:0:200::1/tcp/1")]
    [Hits("address_half_open.inbound_connections")]
    public void Half_open_connections_of_an_address(string first, string same, string other)
    {
        var manager = Create(connections: options => options.HalfOpenPerAddress = 1);
        var half = manager.TryOpenConnection(true, Multiaddr.Parse(first))!;

        AssertRefused("address_half_open.inbound_connections", () => manager.TryOpenConnection(true, Multiaddr.Parse(same)) is null);
        Assert.NotNull(manager.TryOpenConnection(true, Multiaddr.Parse(other)));
        Assert.True(half.TryAssign(Somebody.Id(1)));
        Assert.NotNull(manager.TryOpenConnection(true, Multiaddr.Parse(same)));
    }

    [Fact]
    [Hits("address.inbound_connections")]
    public void Connections_of_an_address()
    {
        var manager = Create(connections: options => options.InboundPerAddress = 1);
        var first = manager.TryOpenConnection(true, Multiaddr.Parse("/ip4/192.0.2.1/tcp/1"))!;
        Assert.True(first.TryAssign(Somebody.Id(1)));

        AssertRefused("address.inbound_connections", () => manager.TryOpenConnection(true, Multiaddr.Parse("/ip4/192.0.2.1/tcp/2")) is null);
        Assert.NotNull(manager.TryOpenConnection(false, Multiaddr.Parse("/ip4/192.0.2.1/tcp/2")));
        first.Dispose();
        Assert.NotNull(manager.TryOpenConnection(true, Multiaddr.Parse("/ip4/192.0.2.1/tcp/2")));
    }

    [Fact]
    [Hits(ResourceManager.RateLimit)]
    public void New_connections_of_an_address_a_second()
    {
        var manager = Create(connections: options => (options.NewPerSecondPerAddress, options.NewBurstPerAddress) = (1, 2));
        var address = Multiaddr.Parse("/ip4/192.0.2.1/tcp/1");
        manager.TryOpenConnection(true, address)!.Dispose();
        manager.TryOpenConnection(true, address)!.Dispose();

        AssertRefused(ResourceManager.RateLimit, () => manager.TryOpenConnection(true, address) is null);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull(manager.TryOpenConnection(true, address));
    }

    [Theory]
    [InlineData("/ip4/127.0.0.1/tcp/1")]
    [InlineData("/ip6/::1/udp/1/quic-v1")]
    [InlineData("/ip6/::ffff:127.0.0.1/tcp/1")]
    [Hits("loopback.inbound_connections", "loopback_half_open.inbound_connections", ResourceManager.LoopbackRateLimit)]
    public void Connections_of_the_loopback_have_limits_of_their_own(string address)
    {
        var manager = Create(connections: options =>
            (options.InboundPerAddress, options.HalfOpenPerAddress, options.NewBurstPerAddress, options.LoopbackInbound, options.LoopbackHalfOpen, options.LoopbackNewBurst) = (1, 1, 1, 3, 2, 5));
        var remote = Multiaddr.Parse(address);
        var first = manager.TryOpenConnection(true, remote)!;
        Assert.NotNull(manager.TryOpenConnection(true, remote));

        AssertRefused("loopback_half_open.inbound_connections", () => manager.TryOpenConnection(true, remote) is null);
        Assert.True(first.TryAssign(Somebody.Id(1)));
        var third = manager.TryOpenConnection(true, remote)!;
        Assert.True(third.TryAssign(Somebody.Id(2)));
        AssertRefused("loopback.inbound_connections", () => manager.TryOpenConnection(true, remote) is null);
        AssertRefused(ResourceManager.LoopbackRateLimit, () => manager.TryOpenConnection(true, remote) is null);
        first.Dispose();
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull(manager.TryOpenConnection(true, remote));
    }

    /// <summary>Whoever is not this machine itself under its usual name has the limits of an address, whatever its address looks like.</summary>
    [Theory]
    [InlineData("/ip4/192.0.2.1/tcp/1")]
    [InlineData("/ip4/192.168.1.1/tcp/1")]
    [InlineData("/ip4/127.0.0.2/tcp/1")]
    [InlineData("/ip4/0.0.0.0/tcp/1")]
    [InlineData("/ip6/::2/tcp/1")]
    [InlineData("/ip6/::/tcp/1")]
    [InlineData("/ip6/::127.0.0.1/tcp/1")]
    [InlineData("/ip6/fe80::1/tcp/1")]
    [InlineData("/ip6/64:ff9b::7f00:1/tcp/1")]
    public void Nobody_else_has_the_limits_of_the_loopback(string address)
    {
        var manager = Create(connections: options => options.InboundPerAddress = 1);
        var remote = Multiaddr.Parse(address);
        Assert.NotNull(manager.TryOpenConnection(true, remote));

        AssertRefused("address.inbound_connections", () => manager.TryOpenConnection(true, remote) is null);
        Assert.NotNull(manager.TryOpenConnection(true, Multiaddr.Parse("/ip6/::1/tcp/1")));
    }

    [Theory]
    [InlineData("system", true)]
    [InlineData("system", false)]
    [InlineData("transient", true)]
    [InlineData("transient", false)]
    [InlineData("peer", true)]
    [InlineData("peer", false)]
    [InlineData("connection", true)]
    [InlineData("connection", false)]
    [Hits("system.inbound_streams", "system.outbound_streams", "transient.inbound_streams", "transient.outbound_streams", "peer.inbound_streams", "peer.outbound_streams", "connection.inbound_streams", "connection.outbound_streams")]
    public void Streams(string scope, bool inbound)
    {
        var manager = Create(limits => (Scope(limits, scope).InboundStreams, Scope(limits, scope).OutboundStreams) = (1, 1));
        var connection = Connect(manager);
        var first = connection.TryOpenStream(inbound)!;

        AssertRefused($"{scope}.{(inbound ? "in" : "out")}bound_streams", () => connection.TryOpenStream(inbound) is null);
        first.Dispose();
        Assert.NotNull(connection.TryOpenStream(inbound));
    }

    [Theory]
    [InlineData(true, "protocol.inbound_streams")]
    [InlineData(false, "protocol.outbound_streams")]
    [Hits("protocol.inbound_streams", "protocol.outbound_streams")]
    public void Streams_of_a_protocol(bool inbound, string limit)
    {
        var manager = Create(limits => limits.Protocol.InboundStreams = limits.Protocol.OutboundStreams = 1);
        var connection = Connect(manager);
        Assert.True(connection.TryOpenStream(inbound)!.TryAssign("/a"));

        AssertRefused(limit, () => !connection.TryOpenStream(inbound)!.TryAssign("/a"));
        Assert.True(connection.TryOpenStream(inbound)!.TryAssign("/b"));
    }

    [Fact]
    [Hits("protocol_peer.inbound_streams")]
    public void Inbound_streams_of_a_protocol_and_a_peer()
    {
        var manager = Create();
        var (one, other) = (Connect(manager), Connect(manager, 2));
        Assert.True(one.TryOpenStream(true)!.TryAssign("/a"));
        Assert.True(one.TryOpenStream(true)!.TryAssign("/a"));

        AssertRefused("protocol_peer.inbound_streams", () => !one.TryOpenStream(true)!.TryAssign("/a"));
        Assert.True(other.TryOpenStream(true)!.TryAssign("/a"));
        Assert.True(one.TryOpenStream(false)!.TryAssign("/a"));
    }

    [Theory]
    [InlineData("system")]
    [InlineData("peer")]
    [InlineData("connection")]
    [Hits("system.memory", "peer.memory", "connection.memory")]
    public void Memory_of_a_connection(string scope)
    {
        var manager = Create(limits => Scope(limits, scope).Memory = 100);
        var connection = Connect(manager);
        Assert.True(connection.TryReserve(60));

        AssertRefused(scope + ".memory", () => !connection.TryReserve(41));
        Assert.True(connection.TryReserve(40));
        connection.Release(30);
        Assert.True(connection.TryReserve(30));
    }

    [Fact]
    [Hits("transient.memory")]
    public void Memory_before_the_peer_is_known()
    {
        var manager = Create(limits => limits.Transient.Memory = 100);
        var connection = manager.TryOpenConnection(true, Memory)!;
        Assert.True(connection.TryReserve(100));

        AssertRefused("transient.memory", () => !connection.TryReserve(1));
        Assert.True(connection.TryAssign(Somebody.Id(1)));
        Assert.True(connection.TryReserve(1));
        Assert.Equal(101, manager.UsedBy(Somebody.Id(1)).Memory);
    }

    [Theory]
    [InlineData("stream")]
    [InlineData("protocol")]
    [Hits("stream.memory", "protocol.memory")]
    public void Memory_of_a_stream(string scope)
    {
        var manager = Create(limits => Scope(limits, scope).Memory = 100);
        var stream = Connect(manager).TryOpenStream(true)!;
        Assert.True(stream.TryAssign("/a"));

        AssertRefused(scope + ".memory", () => !stream.TryReserve(101));
        Assert.True(stream.TryReserve(100));
    }

    [Fact]
    public void A_refusal_in_an_outer_scope_leaves_the_inner_ones_untouched()
    {
        var manager = Create(limits => limits.System.Memory = 10);
        var connection = Connect(manager);

        Assert.False(connection.TryReserve(11));
        Assert.Equal(0, connection.Scope.Used.Memory);
        Assert.Equal(0, manager.UsedBy(Somebody.Id(1)).Memory);
    }

    private ResourceManager Create(Action<ResourceLimitOptions>? limits = null, Action<ConnectionLimitOptions>? connections = null) =>
        Somebody.Resources(_time, limits, connections, _meter);

    private static ConnectionHolding Connect(ResourceManager manager, byte peer = 1)
    {
        var connection = manager.TryOpenConnection(false, Memory)!;
        Assert.True(connection.TryAssign(Somebody.Id(peer)));
        return connection;
    }

    private static ScopeLimitOptions Scope(ResourceLimitOptions limits, string name) => name switch
    {
        "system" => limits.System,
        "transient" => limits.Transient,
        "peer" => limits.Peer,
        "connection" => limits.Connection,
        "protocol" => limits.Protocol,
        _ => limits.Stream,
    };

    private void AssertRefused(string limit, Func<bool> refused)
    {
        Assert.Equal(0, _meter.Count(limit));
        Assert.True(refused());
        Assert.Equal(1, _meter.Count(limit));
    }
}
