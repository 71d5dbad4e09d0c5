using Betar.Libp2p.Identity;

namespace Betar.Marketplace.Exchange;

/// <summary>Answers one request of <c>/betar/marketplace/1.0.0</c>. The answer has no status: a refusal is plain text.</summary>
public delegate ValueTask<ReadOnlyMemory<byte>> MarketRequestHandler(PeerId peer, string type, ReadOnlyMemory<byte> body, CancellationToken cancellationToken);
