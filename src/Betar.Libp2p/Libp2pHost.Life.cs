using Betar.Libp2p.Connections;
using Betar.Libp2p.Events;
using Betar.Libp2p.Hosting;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Protocols;
using Betar.Libp2p.Protocols.Identify;
using Betar.Libp2p.Protocols.Ping;
using Betar.Libp2p.Transports;

namespace Betar.Libp2p;

public sealed partial class Libp2pHost
{
    private const int Created = 0;
    private const int Running = 1;
    private const int Stopped = 2;

    private readonly Lock _lifeLock = new();
    private readonly List<IListener> _listeners = [];
    private Task? _stop;
    private int _state;
    private bool _aborts;

    private IReadOnlyList<Multiaddr> BareAddresses
    {
        get
        {
            if (_parts.Announce.Count > 0)
                return _parts.Announce;
            lock (_lifeLock)
                return [.. _listeners.SelectMany(listener => ListenAddresses.Expand(listener.Address, _parts.Machine)).Distinct()];
        }
    }

    /// <summary>Listens and begins to serve. When one address cannot be listened on, none is.</summary>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        if (Interlocked.CompareExchange(ref _state, Running, Created) != Created)
            throw new InvalidOperationException("A host is started once.");
        try
        {
            foreach (var address in _parts.Listen)
                await OpenListenerAsync(address, cancellationToken);
        }
        catch
        {
            await StopAsync(CancellationToken.None);
            throw;
        }

        _work.Run(TrimAsync);
        LogStarted(_logger, PeerId, _listeners.Count);
    }

    /// <summary>Listens on one more address; answers where that really is.</summary>
    public async Task<Multiaddr> ListenAsync(Multiaddr address, CancellationToken cancellationToken = default)
    {
        if (Volatile.Read(ref _state) != Running)
            throw new Libp2pException(Libp2pError.Closed, "The host is not running.");
        var listening = await OpenListenerAsync(address, cancellationToken);
        _push.Changed();
        return listening;
    }

    private async Task<Multiaddr> OpenListenerAsync(Multiaddr address, CancellationToken cancellationToken)
    {
        var transport = _parts.Transports.FirstOrDefault(transport => transport.CanListen(address))
            ?? throw new Libp2pException(
                Libp2pError.NotDialable,
                _parts.Transports.Select(transport => transport.Obstacle(address)).FirstOrDefault(obstacle => obstacle is not null) ?? $"No transport can listen on {address}.");
        return transport is IMuxedTransport muxed
            ? Serve(await muxed.ListenAsync(address, _acceptor.Open, cancellationToken), _acceptor.RunAsync)
            : Serve(await ((IByteTransport)transport).ListenAsync(address, cancellationToken), _acceptor.RunAsync);
    }

    private Multiaddr Serve<TListener>(TListener listener, Func<TListener, Task> serve)
        where TListener : IListener
    {
        lock (_lifeLock)
            _listeners.Add(listener);
        _work.Run(() => serve(listener));
        return listener.Address;
    }

    /// <summary>
    /// Stops listening, lets streams that are being served end for a while, says goodbye to every peer and waits until nothing is left to do.
    /// </summary>
    public Task StopAsync(CancellationToken cancellationToken = default)
    {
        lock (_lifeLock)
            return _stop ??= StopOnceAsync(cancellationToken);
    }

    /// <summary>Falls silent at once: the same as a stop, but nothing is waited for and nobody hears a goodbye.</summary>
    public Task AbortAsync()
    {
        Volatile.Write(ref _aborts, true);
        var stopped = StopAsync(new CancellationToken(canceled: true));
        foreach (var connection in _connections.All)
            connection.Abort();
        return stopped;
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    /// <summary>Tells every peer that wants to know who we are now. Happens by itself when protocols or addresses change.</summary>
    public async Task PushIdentifyAsync(CancellationToken cancellationToken = default)
    {
        foreach (var peer in _connections.Peers)
        {
            if (_connections.Find(peer) is not { } connection)
                continue;
            var served = (await _book.FindAsync(peer, cancellationToken)).Protocols;
            if (served.Contains(IdentifyService.PushId))
                _work.Run(() => PushAsync(connection, served));
        }
    }

    /// <summary>Asks a peer anew who it is.</summary>
    public async Task<IdentifiedPeer> IdentifyAsync(Identity.PeerId peer, CancellationToken cancellationToken = default) =>
        await IdentifyAsync(await FindOrDialAsync(peer, [], cancellationToken), cancellationToken);

    private void Wire()
    {
        Serve(IdentifyService.Id, _identify.AnswerAsync, _identify.ProtocolOptions);
        Serve(IdentifyService.PushId, _identify.TakePushAsync, _identify.ProtocolOptions);
        Serve(PingProtocol.Id, PingProtocol.AnswerAsync, new ProtocolOptions
        {
            InboundPerPeer = _options.Ping.InboundPerPeer,
            IdleTimeout = _options.Ping.IdleTimeout,
        });
        _protocols.Changed += OnProtocolsChanged;
        _admission.Added += OnAdded;
        _admission.Removed += OnRemoved;
        _identify.Identified += OnIdentified;
    }

    private void Serve(string protocol, ProtocolHandler handler, ProtocolOptions options) =>
        _protocols.Add(new ProtocolRegistration(protocol, null, handler, options, DelaysStop: false));

    private void OnAdded(PeerConnection connection)
    {
        Raise(new HostEventArgs(HostEventKind.Connected, connection.Info));
        if (!connection.Inbound)
            _work.Run(() => _book.ReachedAsync(connection.Peer, CancellationToken.None));
        if (_options.IdentifyPeers)
            _work.Run(() => IdentifyNewAsync(connection));
    }

    private void OnRemoved(PeerConnection connection)
    {
        Raise(new HostEventArgs(HostEventKind.Disconnected, connection.Info));
        if (_connections.Of(connection.Peer).Count == 0)
            _work.Run(() => _book.LeftAsync(connection.Peer, CancellationToken.None));
    }

    private void OnProtocolsChanged()
    {
        // Before the start nobody is there to be told, and after the stop nobody any more.
        if (Volatile.Read(ref _state) == Running)
            _push.Changed();
    }

    private void OnIdentified(ConnectionInfo connection, IdentifiedPeer identified, bool protocolsChanged)
    {
        // Of a connection of ours the peer sees a port that ended with it.
        if (connection.Inbound && identified.ObservedAddress is { } observed)
            _observed.Add(observed, connection.Remote);
        Raise(new HostEventArgs(HostEventKind.Identified, connection, identified));
        if (protocolsChanged)
            Raise(new HostEventArgs(HostEventKind.ProtocolsChanged, connection, identified));
    }

    private void Raise(HostEventArgs args)
    {
        try
        {
            PeerChanged?.Invoke(this, args);
        }
        catch (Exception error)
        {
            LogEventHandlerFailed(_logger, args.Kind, error);
        }
    }

    private async Task IdentifyNewAsync(PeerConnection connection)
    {
        try
        {
            await IdentifyAsync(connection, _stopping.Token);
        }
        catch (Libp2pException error)
        {
            _limits.Observe(error);
            LogNotIdentified(_logger, connection.Peer, error.Code);
        }
    }

    private async Task<IdentifiedPeer> IdentifyAsync(PeerConnection connection, CancellationToken cancellationToken)
    {
        // Everybody serves it, so the answer is not waited for; who does not refuses when it is read.
        await using var stream = await _streams.OpenAsync(connection, [IdentifyService.Id], [IdentifyService.Id], cancellationToken);
        return await _identify.AskAsync(stream, cancellationToken);
    }

    private async Task PushAsync(PeerConnection connection, IReadOnlyList<string> served)
    {
        try
        {
            await using var stream = await _streams.OpenAsync(connection, [IdentifyService.PushId], served, _stopping.Token);
            await _identify.PushAsync(stream, _stopping.Token);
        }
        catch (Libp2pException error)
        {
            _limits.Observe(error);
            LogNotPushed(_logger, connection.Peer, error.Code);
        }
    }

    private async Task TrimAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            await Task.Delay(_options.ConnectionManager.Interval, _time, _stopping.Token);
            foreach (var connection in _manager.Choose())
            {
                LogTrimmed(_logger, connection.Peer);
                _work.Run(() => connection.CloseAsync());
            }
        }
    }

    private async Task StopOnceAsync(CancellationToken cancellationToken)
    {
        Volatile.Write(ref _state, Stopped);
        IListener[] listeners;
        lock (_lifeLock)
        {
            listeners = [.. _listeners];
            _listeners.Clear();
        }

        foreach (var listener in listeners)
            await listener.DisposeAsync();
        await DrainAsync(cancellationToken);
        EndConnections();
        _stopping.Cancel();
        // Those that came in between.
        EndConnections();
        await _work.WhenIdleAsync();
        _upgrader.Dispose();
        foreach (var transport in _parts.Transports)
            (transport as IDisposable)?.Dispose();
        if (_parts.OwnsIdentity)
            _parts.Identity.Dispose();
        LogStopped(_logger, PeerId);
    }

    private void EndConnections()
    {
        foreach (var connection in _connections.All)
        {
            if (Volatile.Read(ref _aborts))
                connection.Abort();
            else
                _work.Run(() => connection.CloseAsync());
        }
    }

    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _server.DrainAsync().WaitAsync(_options.DrainTimeout, _time, cancellationToken);
        }
        catch (Exception error) when (error is TimeoutException or OperationCanceledException)
        {
            LogNotDrained(_logger);
        }
    }
}
