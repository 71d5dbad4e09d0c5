using Betar.Libp2p.Connections;
using Betar.Libp2p.Diagnostics;
using Betar.Libp2p.Dialing;
using Betar.Libp2p.Dns;
using Betar.Libp2p.Events;
using Betar.Libp2p.Hosting;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Limits;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Peers;
using Betar.Libp2p.Protocols;
using Betar.Libp2p.Protocols.Identify;
using Betar.Libp2p.Protocols.Ping;
using Betar.Libp2p.Scheduling;
using Betar.Libp2p.Upgrading;
using Microsoft.Extensions.Logging;

namespace Betar.Libp2p;

/// <summary>
/// A peer: listens, dials, and carries streams of protocols over secured connections. Made by <see cref="CreateBuilder"/>; safe to use from many threads.
/// </summary>
public sealed partial class Libp2pHost : IAsyncDisposable
{
    private readonly HostParts _parts;
    private readonly Libp2pOptions _options;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stopping = new();
    private readonly BackgroundWork _work;
    private readonly LimitMeter _limits = new();
    private readonly ConnectionTable _connections = new();
    private readonly ProtocolTable _protocols = new();
    private readonly ConnectionManager _manager;
    private readonly Upgrader _upgrader;
    private readonly StreamServer _server;
    private readonly StreamOpener _streams;
    private readonly ConnectionAdmission _admission;
    private readonly InboundAcceptor _acceptor;
    private readonly Dialer _dialer;
    private readonly PeerBook _book;
    private readonly IdentifyService _identify;
    private readonly PushDebounce _push;
    private readonly ObservedAddresses _observed;

    internal Libp2pHost(HostParts parts)
    {
        (_parts, _options, _time) = (parts, parts.Options, parts.Time);
        _logger = parts.Loggers.CreateLogger<Libp2pHost>();
        var stopping = _stopping.Token;
        _work = new BackgroundWork(parts.Scheduler, _logger);
        Resources = new ResourceManager(_options.Resources, _options.Connections, InboundPerPeer, _limits, _time);
        _manager = new ConnectionManager(_options.ConnectionManager, _connections, PeerId, _limits);
        _upgrader = new Upgrader(parts.Identity, _options.Upgrade(), _options.Yamux(_limits), parts.Scheduler, _time);
        _server = new StreamServer(_protocols, _options.Streams, _options.Multistream(), _work, _limits, _time, _logger, stopping);
        _streams = new StreamOpener(_options.Streams, _options.Multistream(), _time);
        _admission = new ConnectionAdmission(_connections, parts.Gate, _server, _work, _time, stopping);
        _acceptor = new InboundAcceptor(_upgrader, Resources, parts.Gate, _admission, _work, _limits, _time, _logger, stopping);
        var opener = new OutboundOpener(parts.Transports, _upgrader, Resources, _admission, _options.Dialing.ConnectTimeout, _limits, _time);
        var names = new AddressResolver(parts.Names, _options.Dns, _limits);
        _dialer = new Dialer(_options.Dialing, opener, parts.Gate, names.ResolveAsync, _limits, parts.Scheduler, _time, stopping);
        var ties = new PeerTies(peer => _connections.Of(peer).Count > 0, _manager.IsProtected);
        _book = new PeerBook(parts.Peers, _options.Messages, _options.Peers, ties, _limits, parts.Scheduler, _time);
        _identify = new IdentifyService(parts.Identity, _options.Identify, _options.Messages, _book, _limits, () => BareAddresses, () => _protocols.Names, _time);
        _push = new PushDebounce(_options.Identify.PushDelay, PushIdentifyAsync, _work, _time, stopping);
        _observed = new ObservedAddresses(_options.Observed, _limits, _time);
        Wire();
    }

    /// <summary>What happened to peers. Handlers are called one after the other and must not block; what they throw is logged.</summary>
    public event EventHandler<HostEventArgs>? PeerChanged;

    public PeerId PeerId => _parts.Identity.PeerId;

    /// <summary>Where others reach this host, with its peer id; empty until it listens.</summary>
    public IReadOnlyList<Multiaddr> Addresses => [.. BareAddresses.Select(address => address.WithPeer(PeerId))];

    /// <summary>
    /// Where peers of several networks say that they reach this host. It tells nobody of them by itself: who knows that one is right
    /// announces it (<see cref="Libp2pHostBuilder.Announce"/>).
    /// </summary>
    public IReadOnlyList<Multiaddr> ObservedAddresses => _observed.Believed;

    /// <summary>The connections as they stand now.</summary>
    public IReadOnlyList<ConnectionInfo> Connections => [.. _connections.All.Select(connection => connection.Info)];

    /// <summary>Limits that were hit since the start, by name.</summary>
    public IReadOnlyDictionary<string, long> LimitHits => _limits.Hits;

    internal ResourceManager Resources { get; }

    internal HostParts Parts => _parts;

    internal LimitMeter Limits => _limits;

    internal int ConnectionCount => _connections.Count;

    public static Libp2pHostBuilder CreateBuilder() => new();

    /// <summary>Serves a protocol from now on; disposing the answer ends that.</summary>
    public IDisposable Handle(string protocol, ProtocolHandler handler, ProtocolOptions? options = null) =>
        _protocols.Add(new ProtocolRegistration(protocol, null, handler, options ?? new ProtocolOptions()));

    /// <summary>Serves every protocol that the predicate takes and nobody serves by its name. Peers are not told of them.</summary>
    /// <param name="family">What they are counted under.</param>
    public IDisposable Handle(string family, Predicate<string> protocols, ProtocolHandler handler, ProtocolOptions? options = null) =>
        _protocols.Add(new ProtocolRegistration(family, protocols, handler, options ?? new ProtocolOptions()));

    /// <summary>Serves requests that are ended by a half-close with responses that are ended so, too.</summary>
    public IDisposable HandleRequests(string protocol, RequestHandler handler, RequestOptions? options = null, ProtocolOptions? protocolOptions = null)
    {
        var bounds = options ?? new RequestOptions();
        return Handle(protocol, (stream, cancellationToken) => RequestResponse.AnswerAsync(stream, handler, bounds, _time, cancellationToken), protocolOptions);
    }

    /// <summary>Makes sure that there is a connection to the peer at the end of the address.</summary>
    public async Task<ConnectionInfo> ConnectAsync(Multiaddr address, CancellationToken cancellationToken = default) =>
        (await FindOrDialAsync(RequirePeer(address), [address], cancellationToken)).Info;

    /// <summary>Makes sure that there is a connection to the peer, by the addresses given and those that are known.</summary>
    public async Task<ConnectionInfo> ConnectAsync(PeerId peer, IReadOnlyList<Multiaddr> addresses, CancellationToken cancellationToken = default) =>
        (await FindOrDialAsync(peer, addresses, cancellationToken)).Info;

    /// <summary>Opens a stream for the first of the protocols that the peer serves, over the newest connection or a new one.</summary>
    public async Task<Libp2pStream> OpenStreamAsync(PeerId peer, IReadOnlyList<string> protocols, CancellationToken cancellationToken = default) =>
        await OpenStreamAsync(await FindOrDialAsync(peer, [], cancellationToken), protocols, cancellationToken);

    /// <inheritdoc cref="OpenStreamAsync(PeerId, IReadOnlyList{string}, CancellationToken)"/>
    public Task<Libp2pStream> OpenStreamAsync(PeerId peer, string protocol, CancellationToken cancellationToken = default) =>
        OpenStreamAsync(peer, [protocol], cancellationToken);

    /// <summary>The same by an address that ends with the peer.</summary>
    public Task<Libp2pStream> OpenStreamAsync(Multiaddr address, string protocol, CancellationToken cancellationToken = default) =>
        OpenStreamAsync(address, [protocol], cancellationToken);

    /// <inheritdoc cref="OpenStreamAsync(Multiaddr, string, CancellationToken)"/>
    public async Task<Libp2pStream> OpenStreamAsync(Multiaddr address, IReadOnlyList<string> protocols, CancellationToken cancellationToken = default) =>
        await OpenStreamAsync(await FindOrDialAsync(RequirePeer(address), [address], cancellationToken), protocols, cancellationToken);

    /// <summary>
    /// Opens a stream whose first bytes travel together with the proposal although nobody knows whether the peer serves the protocol: a round
    /// trip less. A refusal is seen when the answer is read, so only for bytes that may be lost.
    /// </summary>
    public async Task<Libp2pStream> OpenStreamHopefullyAsync(Multiaddr address, string protocol, CancellationToken cancellationToken = default) =>
        await _streams.OpenAsync(await FindOrDialAsync(RequirePeer(address), [address], cancellationToken), [protocol], [protocol], cancellationToken);

    /// <summary>Sends one request and takes one response, all within one deadline.</summary>
    public async Task<byte[]> RequestAsync(
        PeerId peer, string protocol, ReadOnlyMemory<byte> request, RequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        var bounds = options ?? new RequestOptions();
        using var deadline = new Deadline(bounds.Timeout, _time, cancellationToken);
        Libp2pStream? stream = null;
        try
        {
            stream = await OpenStreamAsync(peer, protocol, deadline.Token);
            var response = await RequestResponse.AskAsync(stream, request, bounds.MaxBytes, deadline.Token);
            await stream.DisposeAsync();
            return response;
        }
        catch (Exception error)
        {
            stream?.Reset();
            if (error is OperationCanceledException && deadline.Expired)
                throw new Libp2pException(Libp2pError.Timeout, $"Peer {peer} did not respond in time.", error);
            throw;
        }
    }

    /// <summary>Opens a stream on which the peer can be pinged again and again.</summary>
    public async Task<PingSession> OpenPingAsync(PeerId peer, CancellationToken cancellationToken = default) =>
        new(await OpenStreamAsync(peer, PingProtocol.Id, cancellationToken), _options.Ping, _time);

    /// <summary>Closes every connection to the peer.</summary>
    public async Task DisconnectAsync(PeerId peer)
    {
        foreach (var connection in _connections.Of(peer))
            await connection.CloseAsync();
    }

    /// <summary>All that is known of a peer, connected or not.</summary>
    public Task<PeerInfo> GetPeerAsync(PeerId peer, CancellationToken cancellationToken = default) => _book.FindAsync(peer, cancellationToken);

    /// <summary>Remembers addresses for later dials.</summary>
    public Task AddAddressesAsync(PeerId peer, IReadOnlyList<Multiaddr> addresses, CancellationToken cancellationToken = default) =>
        _book.AddAddressesAsync(peer, addresses, cancellationToken);

    /// <summary>Keeps connections to the peer when others are trimmed, and what is known of it when others are forgotten, until every tag is taken back.</summary>
    public void Protect(PeerId peer, string tag)
    {
        _manager.Protect(peer, tag);
        _work.Run(() => _book.TiesChangedAsync(peer, CancellationToken.None));
    }

    /// <returns>True while another tag still protects the peer.</returns>
    public bool Unprotect(PeerId peer, string tag)
    {
        var still = _manager.Unprotect(peer, tag);
        _work.Run(() => _book.TiesChangedAsync(peer, CancellationToken.None));
        return still;
    }

    /// <summary>Makes the peer worth more, or less, when connections are trimmed.</summary>
    public void Tag(PeerId peer, string tag, int weight) => _manager.Tag(peer, tag, weight);

    public void Untag(PeerId peer, string tag) => _manager.Untag(peer, tag);

    /// <summary>Serves a protocol whose streams stay open as long as the host does, so that a stop does not wait for them.</summary>
    internal IDisposable HandleLasting(string protocol, ProtocolHandler handler, ProtocolOptions options) =>
        _protocols.Add(new ProtocolRegistration(protocol, null, handler, options, DelaysStop: false));

    internal bool IsConnected(PeerId peer) => _connections.Find(peer) is not null;

    /// <summary>Connects to a peer at addresses that somebody named: they are treated as those that are known, not as those that the caller vouches for.</summary>
    internal async Task<ConnectionInfo> ConnectHeardAsync(PeerId peer, IReadOnlyList<Multiaddr> heard, CancellationToken cancellationToken) =>
        (await FindOrDialAsync(peer, heard, isNamed: false, cancellationToken)).Info;

    /// <summary>The peers that are worth most and can still be dialled, the best first.</summary>
    internal Task<IReadOnlyList<PeerInfo>> BestPeersAsync(int most, CancellationToken cancellationToken) => _book.BestAsync(most, cancellationToken);

    private static PeerId RequirePeer(Multiaddr address) => address.Peer
        ?? throw new Libp2pException(Libp2pError.NotDialable, $"{address} does not say which peer is there: /p2p/… is missing at its end.");

    private int InboundPerPeer(string protocol) => _protocols.OptionsOf(protocol)?.InboundPerPeer ?? _options.Streams.InboundPerProtocolAndPeer;

    private Task<PeerConnection> FindOrDialAsync(PeerId peer, IReadOnlyList<Multiaddr> named, CancellationToken cancellationToken) =>
        FindOrDialAsync(peer, named, isNamed: true, cancellationToken);

    private async Task<PeerConnection> FindOrDialAsync(PeerId peer, IReadOnlyList<Multiaddr> addresses, bool isNamed, CancellationToken cancellationToken)
    {
        if (_connections.Find(peer) is { } connection)
            return connection;
        if (Volatile.Read(ref _state) != Running)
            throw new Libp2pException(Libp2pError.Closed, "The host is not running.");
        if (peer == PeerId)
            throw new Libp2pException(Libp2pError.NotDialable, "A host does not dial itself.");
        var known = await _book.FindAsync(peer, cancellationToken);
        return isNamed
            ? await _dialer.DialAsync(peer, [.. known.Addresses], addresses, cancellationToken)
            : await _dialer.DialAsync(peer, [.. addresses, .. known.Addresses.Except(addresses)], [], cancellationToken);
    }

    private async Task<Libp2pStream> OpenStreamAsync(PeerConnection connection, IReadOnlyList<string> protocols, CancellationToken cancellationToken)
    {
        var served = _options.LazyNegotiation ? (await _book.FindAsync(connection.Peer, cancellationToken)).Protocols : [];
        return await _streams.OpenAsync(connection, protocols, served, cancellationToken);
    }
}
