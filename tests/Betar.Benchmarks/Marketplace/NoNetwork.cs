using System.Net;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Protocols;
using Betar.Marketplace.Exchange;

namespace Betar.Benchmarks.Marketplace;

/// <summary>A node that is alone.</summary>
internal sealed class NoNetwork(PeerId self) : IMarketNetwork, IDisposable
{
    public event EventHandler<PeerServesEventArgs>? PeerServes
    {
        add { }
        remove { }
    }

    public PeerId Self => self;

    public IReadOnlyList<PeerId> PeersServing(string protocol) => [];

    public IPAddress? GroupOf(PeerId peer) => null;

    public ValueTask<ReadOnlyMemory<byte>?> AskAsync(
        PeerId peer, string type, ReadOnlyMemory<byte> body, int maxBytes, CancellationToken cancellationToken) => default;

    public ValueTask<ReadOnlyMemory<byte>?> RequestAsync(
        PeerId peer, string protocol, ReadOnlyMemory<byte> request, int maxBytes, CancellationToken cancellationToken) => default;

    public IDisposable Answer(MarketRequestHandler handler) => this;

    public IDisposable Serve(string protocol, RequestHandler handler, int maxRequestBytes) => this;

    public void Dispose()
    {
    }
}
