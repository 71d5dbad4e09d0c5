using Betar.Libp2p.Connections;
using Betar.Libp2p.Identity;

namespace Betar.Benchmarks.Marketplace.Nodes;

/// <summary>Two halves of a network; while they are parted, no host reaches one of the other half, however it tries.</summary>
internal sealed class Halves
{
    private readonly Dictionary<PeerId, bool> _sides = [];

    public bool Parted { get; set; }

    public void Put(PeerId peer, bool left) => _sides[peer] = left;

    /// <summary>For a host of one half.</summary>
    public IConnectionGate Gate(bool left) => new Wall(this, left);

    private sealed class Wall(Halves halves, bool left) : IConnectionGate
    {
        public bool MayDial(PeerId peer) => !halves.Parted || halves._sides.GetValueOrDefault(peer) == left;
    }
}
