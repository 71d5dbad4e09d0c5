using Betar.Libp2p.Multiformats;

namespace Betar.Blocks.Exchange.Wire;

/// <summary>One line of a want list.</summary>
/// <param name="Cid">What is wanted.</param>
/// <param name="Type">The block, or word of it.</param>
/// <param name="SendDontHave">Who has it not says so.</param>
/// <param name="Priority">Larger is sooner.</param>
/// <param name="Cancel">It is wanted no more.</param>
internal readonly record struct WantEntry(Cid Cid, WantType Type, bool SendDontHave = true, int Priority = 1, bool Cancel = false);
