using Betar.Marketplace.Replication.Wire;

namespace Betar.Marketplace.Replication.Syncing;

/// <summary>Asks for the nodes that a peer settled after a place in its own order.</summary>
/// <param name="Epoch">The order that the place is in; empty: none is known yet.</param>
/// <param name="After">The last place that was had.</param>
/// <param name="Heads">What the asker has, when it knows no place.</param>
/// <param name="MaxBytes">How long the answer may be.</param>
internal sealed record SyncRequest(Guid Epoch, long After, IReadOnlyList<NodeId> Heads, int MaxBytes);
