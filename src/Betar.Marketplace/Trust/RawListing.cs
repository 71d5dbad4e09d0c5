using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;
using Betar.Marketplace.Listings;

namespace Betar.Marketplace.Trust;

/// <summary>What the replicated set says, whoever wrote it.</summary>
/// <param name="Listing">The value.</param>
/// <param name="Node">The node that carries it.</param>
/// <param name="Height">How high that node stands.</param>
/// <param name="From">Who was first to broadcast it; null: nobody, it was walked to.</param>
/// <param name="SeenAt">When this node took it.</param>
internal sealed record RawListing(Listing Listing, Cid Node, ulong Height, PeerId? From, DateTimeOffset SeenAt);
