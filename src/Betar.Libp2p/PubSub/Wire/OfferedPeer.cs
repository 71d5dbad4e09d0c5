namespace Betar.Libp2p.PubSub.Wire;

/// <summary>A peer that is recommended in PRUNE.</summary>
/// <param name="Id">Its peer id in bytes, as the one who recommends it says; empty: it does not say.</param>
/// <param name="Record">Its signed peer record, in its envelope.</param>
internal readonly record struct OfferedPeer(ReadOnlyMemory<byte> Id, ReadOnlyMemory<byte> Record);
