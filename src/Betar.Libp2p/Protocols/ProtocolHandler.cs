namespace Betar.Libp2p.Protocols;

/// <summary>
/// Serves one stream that a peer opened. When it returns, the stream is closed in order; when it throws, the stream is reset.
/// </summary>
/// <param name="cancellationToken">Cancelled when the host stops and the time for it is over.</param>
public delegate Task ProtocolHandler(Libp2pStream stream, CancellationToken cancellationToken);
