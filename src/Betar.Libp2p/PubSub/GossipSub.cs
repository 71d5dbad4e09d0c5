using System.Security.Cryptography;
using Betar.Libp2p.Discovery;
using Betar.Libp2p.Events;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Peers;
using Betar.Libp2p.Protocols;
using Betar.Libp2p.PubSub.Links;
using Betar.Libp2p.PubSub.Routing;
using Betar.Libp2p.PubSub.Wire;
using Betar.Libp2p.Scheduling;
using Microsoft.Extensions.Logging;

namespace Betar.Libp2p.PubSub;

/// <summary>
/// GossipSub 1.2 over a host (1.1, 1.0 and floodsub are spoken, too). Every message is signed by its author; what is not is refused. Disposed
/// before the host.
/// </summary>
public sealed partial class GossipSub : IPubSub, IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Libp2pHost _host;
    private readonly GossipOptions _options;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly BackgroundWork _work;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Dictionary<PeerId, PeerSession> _sessions = [];
    private readonly Dictionary<string, GossipTopic> _topics = new(StringComparer.Ordinal);
    private readonly List<IDisposable> _handlers = [];
    private readonly SequenceNumbers _sequences;
    private readonly GossipEnvironment _environment;
    private readonly RecommendedPeers _recommended;
    private readonly GossipRouter _router;
    private int _disposed;

    /// <exception cref="ArgumentException">An option is out of its range; the message names all that are.</exception>
    public GossipSub(Libp2pHost host, GossipOptions? options = null)
    {
        _options = options ?? new GossipOptions();
        if (_options.Validate() is { Count: > 0 } faults)
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        (_host, _time) = (host, host.Parts.Time);
        _logger = host.Parts.Loggers.CreateLogger<GossipSub>();
        _work = new BackgroundWork(host.Parts.Scheduler, _logger);
        _sequences = new SequenceNumbers(_options.SequencesAbove, _time);
        _environment = new GossipEnvironment(this);
        _recommended = new RecommendedPeers(host, _work);
        _router = new GossipRouter(host.PeerId, _options, _environment, _time, RandomNumberGenerator.GetInt32);
        _environment.Start(_router);
        // Two: a peer's new stream comes before its old one is seen to have ended.
        var protocol = new ProtocolOptions { InboundPerPeer = 2, IdleTimeout = Timeout.InfiniteTimeSpan };
        foreach (var name in GossipProtocol.All)
            _handlers.Add(host.HandleLasting(name, TakeStreamAsync, protocol));
        host.PeerChanged += OnPeerChanged;
        _work.Run(() => BeatAsync(_stopping.Token));
        foreach (var peer in host.Connections.Select(connection => connection.Peer).Distinct())
            _work.Run(() => MeetAsync(peer));
    }

    /// <summary>What each peer is worth, the worst first.</summary>
    public IReadOnlyList<PeerScore> Scores => _router.Scores;

    /// <summary>What was counted since the start, by the names of go-libp2p-pubsub's events.</summary>
    public IReadOnlyDictionary<string, long> Counts => _router.Meter.Counts;

    /// <summary>Limits that were hit since the start, by name.</summary>
    public IReadOnlyDictionary<string, long> LimitHits => _router.Meter.Limits.Hits;

    /// <summary>The sequence number of the last own message, for hosts that remember it.</summary>
    public ulong LastSequence => _sequences.Last;

    /// <summary>Whom peers recommend when they have no place for us (PX), for <see cref="DiscoverySettings.Sources"/>; nobody unless <see cref="GossipOptions.PeerExchange"/> is set.</summary>
    public IPeerSource RecommendedPeers => _recommended;

    internal GossipRouter Router => _router;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">This host takes part already.</exception>
    public ITopic Join(string name, MessageHandler handler, TopicOptions? options = null)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        var bounds = options ?? new TopicOptions();
        if (GossipOptionFaults.Find(bounds, _options.Limits.RpcBytes).ToList() is { Count: > 0 } faults)
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        if (name.Length == 0 || System.Text.Encoding.UTF8.GetByteCount(name) > _options.Limits.TopicNameBytes)
            throw new ArgumentException("The name of a topic is empty or too long.", nameof(name));
        var topic = new GossipTopic(this, name, handler, bounds);
        lock (_lock)
        {
            if (!_topics.TryAdd(name, topic))
                throw new InvalidOperationException($"This host takes part in {name} already.");
        }

        _router.Join(name, bounds);
        return topic;
    }

    /// <summary>Signs a message and sends it to a topic in which this host need not take part.</summary>
    /// <returns>To how many peers it goes at once.</returns>
    public int Publish(string topic, ReadOnlyMemory<byte> data)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        if (data.Length > _options.Limits.RpcBytes - GossipOptionFaults.MessageOverhead)
            throw new ArgumentException("The message does not fit into a frame.", nameof(data));
        return _router.Publish(WireMessage.Sign(_host.Parts.Identity, topic, _sequences.Next(), data));
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        _host.PeerChanged -= OnPeerChanged;
        foreach (var handler in _handlers)
            handler.Dispose();
        _stopping.Cancel();
        PeerSession[] sessions;
        lock (_lock)
            sessions = [.. _sessions.Values];
        foreach (var session in sessions)
            session.End();
        await _work.WhenIdleAsync();
    }

    internal GossipTopic? Find(string name)
    {
        lock (_lock)
            return _topics.GetValueOrDefault(name);
    }

    internal void Leave(GossipTopic topic)
    {
        lock (_lock)
        {
            if (_topics.GetValueOrDefault(topic.Name) != topic)
                return;
            _topics.Remove(topic.Name);
        }

        _router.Leave(topic.Name);
    }

    private void OnPeerChanged(object? sender, HostEventArgs args)
    {
        if (args.Identified is { } identified)
            Meet(identified.Info);
    }

    private async Task MeetAsync(PeerId peer)
    {
        Meet(await _host.GetPeerAsync(peer, _stopping.Token));
    }

    private void Meet(PeerInfo peer)
    {
        if (!GossipProtocol.All.Any(peer.Protocols.Contains))
            return;
        if (_options.PeerExchange)
            _recommended.Know(peer);
        SessionOf(peer.Peer);
    }

    private Task TakeStreamAsync(Libp2pStream stream, CancellationToken cancellationToken) =>
        SessionOf(stream.RemotePeer).ReadAsync(stream, cancellationToken);

    private PeerSession SessionOf(PeerId peer)
    {
        lock (_lock)
        {
            if (_sessions.TryGetValue(peer, out var session))
            {
                session.IsWanted = true;
                return session;
            }

            session = new PeerSession(peer, _host, _router, _options.Limits);
            _sessions.Add(peer, session);
            _work.Run(() => KeepAsync(peer, session));
            return session;
        }
    }

    /// <summary>Writes to the peer as long as it is connected; a stream that breaks is opened again, a few times.</summary>
    private async Task KeepAsync(PeerId peer, PeerSession session)
    {
        try
        {
            for (var tries = 0; !IsOver(peer, session, ref tries); tries++)
            {
                if (tries > 0)
                    await Task.Delay(TimeSpan.FromSeconds(tries), _time, _stopping.Token);
                await TryWriteAsync(peer, session);
            }
        }
        finally
        {
            lock (_lock)
            {
                if (_sessions.GetValueOrDefault(peer) == session)
                    _sessions.Remove(peer);
                if (!_sessions.ContainsKey(peer))
                    _recommended.Forget(peer);
            }

            session.End();
        }
    }

    /// <summary>Decided and forgotten in one step: who asks for the session meanwhile is either heard here or begins a new one.</summary>
    private bool IsOver(PeerId peer, PeerSession session, ref int tries)
    {
        lock (_lock)
        {
            if (session.IsWanted)
                (session.IsWanted, tries) = (false, Math.Min(tries, 1));
            if (tries < _options.Limits.LinkAttempts && _host.IsConnected(peer))
                return false;
            _sessions.Remove(peer);
            return true;
        }
    }

    private async Task TryWriteAsync(PeerId peer, PeerSession session)
    {
        try
        {
            await session.WriteAsync(_stopping.Token);
        }
        catch (Libp2pException error)
        {
            LogLinkEnded(_logger, peer, error.Code);
        }
        catch (OperationCanceledException) when (!_stopping.IsCancellationRequested)
        {
            LogLinkEnded(_logger, peer, Libp2pError.StreamReset);
        }
    }

    private async Task BeatAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(_options.Mesh.HeartbeatDelay, _time, cancellationToken);
        while (true)
        {
            _router.Heartbeat();
            await Task.Delay(_options.Mesh.Heartbeat, _time, cancellationToken);
        }
    }

    private async Task ConnectDirectAsync(PeerId peer)
    {
        try
        {
            await _host.ConnectAsync(peer, [], _stopping.Token);
        }
        catch (Libp2pException error)
        {
            LogNotConnected(_logger, peer, error.Code);
        }
    }
}
