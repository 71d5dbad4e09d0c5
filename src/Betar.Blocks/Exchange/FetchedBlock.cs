using Betar.Libp2p.Identity;

namespace Betar.Blocks.Exchange;

/// <param name="Block">What was fetched.</param>
/// <param name="From">Who sent it; null: it was here.</param>
internal sealed record FetchedBlock(Block Block, PeerId? From);
