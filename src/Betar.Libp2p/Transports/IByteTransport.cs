using Betar.Libp2p.Multiformats;

namespace Betar.Libp2p.Transports;

/// <summary>A transport that gives plain bytes; security and streams are put on top by the upgrader.</summary>
internal interface IByteTransport : ITransport
{
    ValueTask<IByteChannel> DialAsync(Multiaddr address, CancellationToken cancellationToken);

    ValueTask<ITransportListener> ListenAsync(Multiaddr address, CancellationToken cancellationToken);
}
