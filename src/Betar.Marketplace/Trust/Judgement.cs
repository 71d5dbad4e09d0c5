using Betar.Marketplace.Listings;

namespace Betar.Marketplace.Trust;

/// <summary>What buyers are shown of a listing, and how far it may be believed.</summary>
/// <param name="Listing">Null: nothing is shown.</param>
/// <param name="Trust">How far it may be believed.</param>
/// <param name="Contested">The replicated set says something else, or nothing any more, although the seller did not.</param>
internal readonly record struct Judgement(Listing? Listing, TrustLevel Trust, bool Contested)
{
    public static Judgement Hidden { get; } = new(null, TrustLevel.Expired, false);

    /// <summary>Buyers would see no difference.</summary>
    public bool LooksLike(in Judgement other) =>
        Trust == other.Trust && Contested == other.Contested
        && (Listing is null ? other.Listing is null : other.Listing is { } listing && Listing.Means(listing) && Listing.PayTo == listing.PayTo);
}
