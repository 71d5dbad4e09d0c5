using Betar.Marketplace.Trust;

namespace Betar.Marketplace.Search;

/// <summary>The numbers of a listing by which it is sorted and sifted.</summary>
/// <param name="Price">Units; the greatest number: none that can be paid.</param>
/// <param name="Trust">How far it is believed.</param>
/// <param name="Latency">Ticks; the greatest number: not measured.</param>
/// <param name="Misses">In how many of 10,000 tries it did not answer; the greatest number: never tried.</param>
/// <param name="HeardAt">When the listing itself was last heard, in UTC ticks; the greatest number: it is ours.</param>
/// <param name="Failing">It failed too often in a row.</param>
/// <param name="Name">The hash of its name.</param>
/// <param name="Seller">Knows when the seller was last heard.</param>
internal readonly record struct IndexedListing(
    ulong Price, TrustLevel Trust, ulong Latency, ulong Misses, long HeardAt, bool Failing, ulong Name, SellerState Seller);
