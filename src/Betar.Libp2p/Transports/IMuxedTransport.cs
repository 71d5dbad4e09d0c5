using Betar.Libp2p.Identity;
using Betar.Libp2p.Limits;
using Betar.Libp2p.Multiformats;

namespace Betar.Libp2p.Transports;

/// <summary>A transport that brings security and streams of its own.</summary>
internal interface IMuxedTransport : ITransport
{
    /// <summary>The holding stays the caller's when this fails.</summary>
    ValueTask<MuxedArrival> DialAsync(Multiaddr address, PeerId expected, ConnectionHolding holding, CancellationToken cancellationToken);

    /// <param name="door">Asked before anything is done for a stranger at this address; null: nothing is.</param>
    ValueTask<IMuxedListener> ListenAsync(Multiaddr address, Func<Multiaddr, ConnectionHolding?> door, CancellationToken cancellationToken);
}
