using System.Net;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Protocols;
using Betar.Marketplace.Exchange;

namespace Betar.Marketplace.Tests.Support;

/// <summary>Questions go straight to the handler of the other node of the same world.</summary>
internal sealed class FakeNetwork(MarketWorld world, PeerId self) : IMarketNetwork
{
    private readonly Dictionary<string, RequestHandler> _handlers = [];
    private MarketRequestHandler? _market;

    public event EventHandler<PeerServesEventArgs>? PeerServes;

    /// <summary>What a foreign node, such as an original, answers in place of a node of ours.</summary>
    public Dictionary<PeerId, MarketRequestHandler> Strangers { get; } = [];

    /// <summary>Nothing that this node asks is answered.</summary>
    public bool IsCutOff { get; set; }

    /// <summary>Questions about records, by who was asked.</summary>
    public List<PeerId> Asked { get; } = [];

    public Dictionary<PeerId, IPAddress> Groups { get; } = [];

    public PeerId Self => self;

    public IReadOnlyList<PeerId> PeersServing(string protocol) => IsCutOff ? [] :
    [
        .. world.Peers.Where(peer => peer.Peer != self && !peer.Network.IsCutOff).Select(peer => peer.Peer),
        .. protocol == MarketFrames.Protocol ? Strangers.Keys : Enumerable.Empty<PeerId>(),
    ];

    public IPAddress? GroupOf(PeerId peer) => Groups.GetValueOrDefault(peer);

    public void Met(PeerId peer)
    {
        if (!IsCutOff)
            PeerServes?.Invoke(this, new PeerServesEventArgs(peer, Strangers.ContainsKey(peer) ? [MarketFrames.Protocol] : [MarketFrames.Protocol, RecordMessage.Protocol]));
    }

    public async ValueTask<ReadOnlyMemory<byte>?> AskAsync(
        PeerId peer, string type, ReadOnlyMemory<byte> body, int maxBytes, CancellationToken cancellationToken)
    {
        if (IsCutOff || (Strangers.GetValueOrDefault(peer) ?? world.Find(peer)?.Network._market) is not { } handler)
            return null;
        var answer = await handler(self, type, body, cancellationToken);
        return answer.Length > maxBytes ? null : answer;
    }

    public async ValueTask<ReadOnlyMemory<byte>?> RequestAsync(
        PeerId peer, string protocol, ReadOnlyMemory<byte> request, int maxBytes, CancellationToken cancellationToken)
    {
        Asked.Add(peer);
        if (IsCutOff || world.Find(peer)?.Network is not { IsCutOff: false } other || !other._handlers.TryGetValue(protocol, out var handler))
            return null;
        var answer = await handler(self, request, cancellationToken);
        return answer.Length > maxBytes ? null : answer;
    }

    /// <summary>Asks this node as anybody.</summary>
    public ValueTask<ReadOnlyMemory<byte>> BeAskedAsync(PeerId by, string protocol, ReadOnlyMemory<byte> request) =>
        _handlers[protocol](by, request, CancellationToken.None);

    public ValueTask<ReadOnlyMemory<byte>> BeAskedAsync(PeerId by, string type) => _market!(by, type, default, CancellationToken.None);

    public IDisposable Answer(MarketRequestHandler handler)
    {
        _market = handler;
        return new End(() => _market = null);
    }

    public IDisposable Serve(string protocol, RequestHandler handler, int maxRequestBytes)
    {
        _handlers[protocol] = handler;
        return new End(() => _handlers.Remove(protocol));
    }

    private sealed class End(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
