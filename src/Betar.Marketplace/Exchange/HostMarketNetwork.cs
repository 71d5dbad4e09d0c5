using System.Collections.Concurrent;
using System.Net;
using Betar.Libp2p;
using Betar.Libp2p.Events;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Limits;
using Betar.Libp2p.Protocols;
using Betar.Libp2p.Scheduling;

namespace Betar.Marketplace.Exchange;

/// <summary>A host's connections as the marketplace needs them.</summary>
public sealed class HostMarketNetwork : IMarketNetwork, IDisposable
{
    /// <summary>The original gives up after so long, on both sides.</summary>
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(30);

    /// <summary>Requests are small: an order is the largest.</summary>
    private const int MaxRequestBytes = 1024 * 1024;

    private readonly ConcurrentDictionary<PeerId, IReadOnlyList<string>> _served = new();
    private readonly Libp2pHost _host;
    private readonly TimeProvider _time;

    public HostMarketNetwork(Libp2pHost host, TimeProvider time)
    {
        (_host, _time) = (host, time);
        _host.PeerChanged += OnPeerChanged;
    }

    public event EventHandler<PeerServesEventArgs>? PeerServes;

    public PeerId Self => _host.PeerId;

    public IReadOnlyList<PeerId> PeersServing(string protocol) =>
        [.. _served.Where(entry => entry.Value.Contains(protocol, StringComparer.Ordinal)).Select(entry => entry.Key)];

    public IPAddress? GroupOf(PeerId peer) =>
        _host.Connections.FirstOrDefault(connection => connection.Peer == peer) is { } connection ? AddressGroup.Of(connection.Remote) : null;

    public async ValueTask<ReadOnlyMemory<byte>?> AskAsync(
        PeerId peer, string type, ReadOnlyMemory<byte> body, int maxBytes, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(s_deadline, _time, cancellationToken);
        Libp2pStream? stream = null;
        try
        {
            stream = await _host.OpenStreamAsync(peer, MarketFrames.Protocol, deadline.Token);
            await stream.WriteAsync(MarketFrames.Request(type, body.Span), deadline.Token);
            var answer = await MarketFrames.ReadResponseAsync(stream, maxBytes, deadline.Token);
            await stream.DisposeAsync();
            return answer;
        }
        catch (Exception fault) when (fault is IOException || (fault is OperationCanceledException && deadline.Expired))
        {
            stream?.Reset();
            return null;
        }
    }

    public async ValueTask<ReadOnlyMemory<byte>?> RequestAsync(
        PeerId peer, string protocol, ReadOnlyMemory<byte> request, int maxBytes, CancellationToken cancellationToken)
    {
        try
        {
            return await _host.RequestAsync(peer, protocol, request, new RequestOptions { MaxBytes = maxBytes, Timeout = s_deadline }, cancellationToken);
        }
        catch (IOException)
        {
            return null;
        }
    }

    public IDisposable Answer(MarketRequestHandler handler) => _host.Handle(MarketFrames.Protocol, async (stream, stopping) =>
    {
        using var deadline = new Deadline(s_deadline, _time, stopping);
        if (await MarketFrames.ReadRequestAsync(stream, MaxRequestBytes, deadline.Token) is not { } request)
            return;
        var answer = await handler(stream.RemotePeer, request.Type, request.Body, deadline.Token);
        await stream.WriteAsync(MarketFrames.Response(answer.Span), deadline.Token);
    });

    public IDisposable Serve(string protocol, RequestHandler handler, int maxRequestBytes) =>
        _host.HandleRequests(protocol, handler, new RequestOptions { MaxBytes = maxRequestBytes, Timeout = s_deadline });

    public void Dispose() => _host.PeerChanged -= OnPeerChanged;

    private void OnPeerChanged(object? sender, HostEventArgs change)
    {
        if (change.Kind == HostEventKind.Disconnected)
        {
            if (_host.Connections.All(connection => connection.Peer != change.Peer))
                _served.TryRemove(change.Peer, out _);
        }
        else if (change.Identified is { } identified)
        {
            _served[change.Peer] = identified.Info.Protocols;
            PeerServes?.Invoke(this, new PeerServesEventArgs(change.Peer, identified.Info.Protocols));
        }
    }
}
