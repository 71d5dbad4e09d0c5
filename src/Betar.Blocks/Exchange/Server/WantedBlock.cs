using Betar.Libp2p.Multiformats;

namespace Betar.Blocks.Exchange.Server;

/// <summary>A block that a peer wants of us.</summary>
/// <param name="Cid">As the peer names it.</param>
/// <param name="Length">Null: it is not here; the peer gets it when it comes.</param>
/// <param name="OnlyHave">The peer asked for word of it only.</param>
/// <param name="SendDontHave">The peer wants to know that it is not here.</param>
internal sealed record WantedBlock(Cid Cid, int? Length, bool OnlyHave, bool SendDontHave)
{
    /// <summary>Cancelled, replaced or served: what still stands in a queue is passed over.</summary>
    public bool IsGone { get; set; }
}
