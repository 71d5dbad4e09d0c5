using Betar.Marketplace.Listings;
using Betar.Marketplace.Records;

namespace Betar.Marketplace.Trust;

/// <summary>What buyers are shown of a listing, and how far it may be believed. What is shown of a record is written when somebody looks, and not kept.</summary>
/// <param name="Record">What is shown when the seller signed it.</param>
/// <param name="Said">What is shown when it did not; null in both: nothing is.</param>
/// <param name="Trust">How far it may be believed.</param>
/// <param name="Contested">The replicated set says something else, or nothing any more, although the seller did not.</param>
internal readonly record struct Judgement(SignedListing? Record, Listing? Said, TrustLevel Trust, bool Contested)
{
    public static Judgement Hidden { get; } = new(null, null, TrustLevel.Expired, false);

    public bool IsShown => Record is not null || Said is not null;

    /// <summary>Null: nothing is shown.</summary>
    public Listing? Listing => Record?.ToListing() ?? Said;

    /// <summary>Buyers would see no difference.</summary>
    public bool LooksLike(in Judgement other) => Trust == other.Trust && Contested == other.Contested && IsShown == other.IsShown
        && (ReferenceEquals(Record, other.Record) && ReferenceEquals(Said, other.Said) || Means(Listing!, other.Listing!));

    private static bool Means(Listing mine, Listing theirs) => mine.Means(theirs) && mine.PayTo == theirs.PayTo;
}
