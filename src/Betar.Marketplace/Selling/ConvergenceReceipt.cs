using Betar.Libp2p.Multiformats;
using Betar.Marketplace.Exchange;

namespace Betar.Marketplace.Selling;

/// <summary>How far a version of one of our listings has come.</summary>
/// <param name="Id">Of which listing.</param>
/// <param name="Version">Which version.</param>
/// <param name="IsWithdrawn">It says that the listing is taken back.</param>
/// <param name="IssuedAt">When it was signed.</param>
/// <param name="Record">Its block.</param>
/// <param name="Node">The node of the replicated set that carries it; null: not written since the start.</param>
/// <param name="Holders">Peers that are known to hold it, the first one first. Others may, unknown to us.</param>
public sealed record ConvergenceReceipt(
    string Id, ulong Version, bool IsWithdrawn, DateTimeOffset IssuedAt, Cid Record, Cid? Node, IReadOnlyList<Holder> Holders);
