using System.Net;
using Betar.Libp2p.Diagnostics;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;

namespace Betar.Libp2p.Limits;

/// <summary>
/// Says yes or no before anything is opened. A connection is counted as transient until its peer is known, a stream until its protocol
/// is; both give back all they held when they end.
/// </summary>
internal sealed class ResourceManager
{
    public const string RateLimit = Address + AddressLimits.NewPerSecond;
    public const string LoopbackRateLimit = Loopback + AddressLimits.NewPerSecond;

    private const string Address = "address";
    private const string Loopback = "loopback";

    private readonly ResourceLimitOptions _limits;
    private readonly LimitMeter _meter;
    private readonly ScopeTable<PeerId> _peers;
    private readonly ScopeTable<string> _protocols;
    private readonly ScopeTable<(string Protocol, PeerId Peer)> _protocolPeers;
    private readonly AddressLimits _addresses;
    private readonly AddressLimits _loopback;
    private readonly Func<string, int> _inboundPerPeer;

    /// <param name="inboundPerPeer">How many streams of a protocol one peer may have open towards us.</param>
    public ResourceManager(
        ResourceLimitOptions limits, ConnectionLimitOptions connections, Func<string, int> inboundPerPeer, LimitMeter meter, TimeProvider time)
    {
        _limits = limits;
        _meter = meter;
        _inboundPerPeer = inboundPerPeer;
        System = new ResourceScope("system", limits.System);
        Transient = new ResourceScope("transient", limits.Transient);
        _peers = new("peer", _ => limits.Peer);
        _protocols = new("protocol", _ => limits.Protocol);
        _protocolPeers = new("protocol_peer", key => new ScopeLimitOptions { InboundStreams = _inboundPerPeer(key.Protocol) });
        _addresses = new(
            Address, connections.HalfOpenPerAddress, connections.InboundPerAddress,
            new AddressRates(connections.NewPerSecondPerAddress, connections.NewBurstPerAddress, connections.RememberedAddresses, time));
        _loopback = new(
            Loopback, connections.LoopbackHalfOpen, connections.LoopbackInbound,
            new AddressRates(connections.LoopbackNewPerSecond, connections.LoopbackNewBurst, connections.RememberedAddresses, time));
    }

    public ResourceScope System { get; }

    public ResourceScope Transient { get; }

    /// <summary>Scopes that exist for somebody; zero when nobody is there.</summary>
    public int DynamicScopes => _peers.Count + _protocols.Count + _protocolPeers.Count + _addresses.Count + _loopback.Count;

    public ResourceAmount UsedBy(PeerId peer) => _peers.Used(peer);

    /// <summary>Null when a limit does not allow one more connection from or to this address.</summary>
    public ConnectionHolding? TryOpenConnection(bool inbound, Multiaddr remote)
    {
        var group = inbound ? AddressGroup.Of(remote) : null;
        var limits = AddressGroup.IsLoopback(remote) ? _loopback : _addresses;
        if (group is not null && !limits.Rates.TryTake(group))
        {
            _meter.Hit(limits.RateLimit);
            return null;
        }

        var halfOpen = group is null ? null : limits.HalfOpen.Hold(group);
        var connection = new ResourceScope("connection", _limits.Connection);
        List<ResourceScope> scopes = [connection, Hold(System), Hold(Transient)];
        if (group is not null)
            scopes.AddRange([halfOpen!, limits.Inbound.Hold(group)]);
        var holding = new ResourceHolding(_meter, scopes);
        if (holding.TryReserve(ResourceAmount.Connection(inbound)))
            return new ConnectionHolding(this, holding, connection, halfOpen);
        holding.Dispose();
        return null;
    }

    internal bool TryAssign(ConnectionHolding connection, PeerId peer)
    {
        if (!connection.Resources.TryMove(Transient, _peers.Hold(peer)))
            return false;
        if (connection.HalfOpen is { } halfOpen)
            connection.Resources.TryMove(halfOpen);
        return true;
    }

    internal StreamHolding? TryOpenStream(ConnectionHolding connection, PeerId peer, bool inbound)
    {
        var stream = new ResourceHolding(
            _meter, new ResourceScope("stream", _limits.Stream), Hold(connection.Scope), _peers.Hold(peer), Hold(System), Hold(Transient));
        if (stream.TryReserve(ResourceAmount.Stream(inbound)))
            return new StreamHolding(this, stream, peer);
        stream.Dispose();
        return null;
    }

    /// <param name="protocol">The name under which the handler was registered, so that strangers cannot make up scopes.</param>
    internal bool TryAssign(StreamHolding stream, string protocol) =>
        stream.Resources.TryMove(Transient, _protocols.Hold(protocol), _protocolPeers.Hold((protocol, stream.Peer)));

    private static ResourceScope Hold(ResourceScope scope) => scope.TryHold() ? scope : throw new InvalidOperationException("A scope was given up.");
}
