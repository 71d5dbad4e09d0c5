using Betar.Libp2p.Identity;
using Betar.Libp2p.Muxing;

namespace Betar.Libp2p.Limits;

/// <summary>What one connection holds; its windows are charged here.</summary>
internal sealed class ConnectionHolding(ResourceManager manager, ResourceHolding resources, ResourceScope scope, ResourceScope? halfOpen)
    : IMemoryBudget, IDisposable
{
    private PeerId _peer;

    internal ResourceHolding Resources => resources;

    internal ResourceScope Scope => scope;

    internal ResourceScope? HalfOpen => halfOpen;

    /// <summary>The peer is known now. False when it has too many connections already.</summary>
    public bool TryAssign(PeerId peer)
    {
        _peer = peer;
        return manager.TryAssign(this, peer);
    }

    /// <summary>Null when a limit does not allow one more stream.</summary>
    public StreamHolding? TryOpenStream(bool inbound) => manager.TryOpenStream(this, _peer, inbound);

    public bool TryReserve(long bytes) => resources.TryReserve(bytes);

    public void Release(long bytes) => resources.Release(bytes);

    /// <summary>Counts a limit that the connection met by itself.</summary>
    public void Hit(string limit) => resources.Hit(limit);

    public void Dispose() => resources.Dispose();
}
