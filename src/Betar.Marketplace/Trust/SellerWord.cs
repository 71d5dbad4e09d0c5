using Betar.Marketplace.Listings;

namespace Betar.Marketplace.Trust;

/// <summary>What a seller itself said last of a listing that it does not sign.</summary>
/// <param name="Seller">Its peer id.</param>
/// <param name="Listing">Null: it took the listing back.</param>
/// <param name="Source">How it said so.</param>
/// <param name="At">When.</param>
internal sealed record SellerWord(string Seller, Listing? Listing, WordSource Source, DateTimeOffset At);
