using Betar.Libp2p.Identity;

namespace Betar.Libp2p.Protocols;

/// <summary>Answers one request.</summary>
public delegate ValueTask<ReadOnlyMemory<byte>> RequestHandler(PeerId peer, ReadOnlyMemory<byte> request, CancellationToken cancellationToken);
