using Betar.Libp2p.Identity;

namespace Betar.Libp2p.Limits;

/// <summary>What one stream holds.</summary>
internal sealed class StreamHolding(ResourceManager manager, ResourceHolding resources, PeerId peer) : IDisposable
{
    internal ResourceHolding Resources => resources;

    internal PeerId Peer => peer;

    /// <summary>The protocol is known now. False when there are too many streams of it.</summary>
    public bool TryAssign(string protocol) => manager.TryAssign(this, protocol);

    public bool TryReserve(long bytes) => resources.TryReserve(bytes);

    public void Dispose() => resources.Dispose();
}
