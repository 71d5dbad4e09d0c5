namespace Betar.Marketplace.Replication.Syncing;

/// <summary>Nodes in the order in which the peer settled them, so parents come first.</summary>
/// <param name="Epoch">Names the order.</param>
/// <param name="Last">The place of the last node here, or the asker's own when there are none.</param>
/// <param name="HasMore">There are more behind it.</param>
/// <param name="Nodes">Their bytes.</param>
internal sealed record SyncPage(Guid Epoch, long Last, bool HasMore, IReadOnlyList<ReadOnlyMemory<byte>> Nodes);
