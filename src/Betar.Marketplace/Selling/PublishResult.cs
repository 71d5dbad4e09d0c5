using Betar.Libp2p.Multiformats;

namespace Betar.Marketplace.Selling;

/// <summary>What became of an offer.</summary>
/// <param name="Id">Of which listing.</param>
/// <param name="Version">The version that is published; 0: none, see the fault.</param>
/// <param name="Changed">False: it was published already, and nothing was written.</param>
/// <param name="Node">The node of the replicated set that carries the change, if there is one.</param>
/// <param name="Fault">Why it cannot be listed; null: it is.</param>
public sealed record PublishResult(string Id, ulong Version, bool Changed, Cid? Node, string? Fault = null);
