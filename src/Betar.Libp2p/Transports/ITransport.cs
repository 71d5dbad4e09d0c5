using Betar.Libp2p.Multiformats;

namespace Betar.Libp2p.Transports;

/// <summary>A way to reach a peer. What it gives is either plain bytes or finished connections.</summary>
internal interface ITransport
{
    string Name { get; }

    bool CanDial(Multiaddr address);

    bool CanListen(Multiaddr address);

    /// <summary>What an address of this transport lacks on this machine, in one sentence; null: nothing, or it is no address of this transport.</summary>
    string? Obstacle(Multiaddr address) => null;
}
