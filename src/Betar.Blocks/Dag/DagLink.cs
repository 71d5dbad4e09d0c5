using Betar.Libp2p.Multiformats;

namespace Betar.Blocks.Dag;

/// <summary>A link of a node to another.</summary>
/// <param name="Cid">The other's name.</param>
/// <param name="Name">Empty in replicated sets and in files.</param>
/// <param name="Size">The bytes of all that is reached by the link, as its writer says; nobody checks that. 0 in replicated sets.</param>
public sealed record DagLink(Cid Cid, string Name = "", ulong Size = 0);
