using Betar.Libp2p.Multiformats;

namespace Betar.Libp2p.Transports;

/// <summary>A way to reach a peer that gives plain bytes; security and streams are put on top by the upgrader.</summary>
internal interface ITransport
{
    string Name { get; }

    bool CanDial(Multiaddr address);

    bool CanListen(Multiaddr address);

    ValueTask<IByteChannel> DialAsync(Multiaddr address, CancellationToken cancellationToken);

    ValueTask<ITransportListener> ListenAsync(Multiaddr address, CancellationToken cancellationToken);
}
