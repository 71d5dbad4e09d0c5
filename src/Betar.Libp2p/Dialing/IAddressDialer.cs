using Betar.Libp2p.Connections;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;

namespace Betar.Libp2p.Dialing;

/// <summary>Opens a connection to one address and makes sure that the peer is there.</summary>
internal interface IAddressDialer
{
    bool CanDial(Multiaddr address);

    /// <summary>What keeps this machine from dialling an address of that kind; null: nothing that is known.</summary>
    string? Obstacle(Multiaddr address) => null;

    /// <summary>Fails with <see cref="Libp2pException"/>, or with the cancellation.</summary>
    Task<PeerConnection> DialAsync(PeerId peer, Multiaddr address, CancellationToken cancellationToken);
}
