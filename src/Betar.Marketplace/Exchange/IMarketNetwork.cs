using System.Net;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Protocols;

namespace Betar.Marketplace.Exchange;

/// <summary>What the marketplace needs of a host: who is there, questions to peers, and questions of theirs.</summary>
public interface IMarketNetwork
{
    /// <summary>A peer has said what it serves, for the first time or anew. Handlers must not block.</summary>
    event EventHandler<PeerServesEventArgs>? PeerServes;

    PeerId Self { get; }

    /// <summary>Connected peers that said that they serve the protocol.</summary>
    IReadOnlyList<PeerId> PeersServing(string protocol);

    /// <summary>Whose network a connected peer is in; null: nobody can tell.</summary>
    IPAddress? GroupOf(PeerId peer);

    /// <summary>Sends a request of <c>/betar/marketplace/1.0.0</c> to a connected peer.</summary>
    /// <returns>Null: there was no answer, or a longer one than allowed.</returns>
    ValueTask<ReadOnlyMemory<byte>?> AskAsync(PeerId peer, string type, ReadOnlyMemory<byte> body, int maxBytes, CancellationToken cancellationToken);

    /// <summary>Sends a request that is ended by a half-close to a connected peer.</summary>
    /// <returns>Null: there was no answer, or a longer one than allowed.</returns>
    ValueTask<ReadOnlyMemory<byte>?> RequestAsync(
        PeerId peer, string protocol, ReadOnlyMemory<byte> request, int maxBytes, CancellationToken cancellationToken);

    /// <summary>Answers requests of <c>/betar/marketplace/1.0.0</c> from now on; disposing the answer ends that.</summary>
    IDisposable Answer(MarketRequestHandler handler);

    /// <summary>Answers requests that are ended by a half-close.</summary>
    IDisposable Serve(string protocol, RequestHandler handler, int maxRequestBytes);
}
