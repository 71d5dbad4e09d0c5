using Betar.Libp2p.Multiformats;

namespace Betar.Blocks.Exchange.Wire;

/// <summary>The sender has a block, or has it not.</summary>
internal readonly record struct BlockPresence(Cid Cid, bool IsHere);
