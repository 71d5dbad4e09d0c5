using Betar.Libp2p.Identity;
using Betar.Marketplace.Listings;
using Betar.Marketplace.Records;

namespace Betar.Marketplace.Trust;

/// <summary>
/// The whole of what is believed, as a function of what was heard and when. A signed record counts before a seller's unsigned word, and
/// either before what the replicated set says, which anybody can write.
/// </summary>
internal static class TrustRules
{
    public static Judgement Judge(ListingEntry entry, TrustOptions options, DateTimeOffset now) =>
        entry.Record is { } record ? OfRecord(entry, record, now)
        : entry.Word is { } word ? OfWord(entry, word, options, now)
        : entry.OwnersRaw is { } claim && !ReferenceEquals(claim, entry.Raw) && entry.Raw is not null ? OfHearsay(claim, TrustLevel.Disputed, options, now)
        : entry.Raw is { } raw ? OfHearsay(raw, TrustLevel.Hearsay, options, now)
        : Judgement.Hidden;

    /// <summary>When time alone may change it next.</summary>
    public static DateTimeOffset DueAt(ListingEntry entry, TrustOptions options, DateTimeOffset now)
    {
        var next = entry.Record is { } record ? record.Record.ExpiresAt
            : entry.Word is not null ? HeardAt(entry) + options.AttestedFor
            : entry.Raw is { } raw ? raw.SeenAt + options.HearsayFor
            : now;
        return next > now ? next : ForgottenAt(entry, options);
    }

    /// <summary>When nothing of it is worth keeping any more.</summary>
    public static DateTimeOffset ForgottenAt(ListingEntry entry, TrustOptions options)
    {
        var over = DateTimeOffset.MinValue;
        if (entry.Record is { } record)
            over = record.Record.ExpiresAt;
        else if (entry.Word is not null)
            over = HeardAt(entry) + options.AttestedFor;
        if (entry.Raw is { } raw && raw.SeenAt + options.HearsayFor > over)
            over = raw.SeenAt + options.HearsayFor;
        return over == DateTimeOffset.MinValue ? over : over + options.ForgetAfter;
    }

    /// <summary>When the seller of an unsigned listing was last heard.</summary>
    public static DateTimeOffset HeardAt(ListingEntry entry) =>
        entry.Seller.LastSeen > entry.HeardAt ? entry.Seller.LastSeen : entry.HeardAt;

    /// <summary>
    /// Whether this seller may speak for the id: it alone can have made it; or nobody can tell who made it, and no other has spoken before.
    /// </summary>
    public static bool MaySpeak(ListingEntry? entry, string id, string? name, PeerId seller)
    {
        var speaker = seller.ToString();
        if (entry?.Owner is { } owner)
            return owner == speaker;
        if (name is not null && ListingId.BelongsTo(id, name, seller))
            return true;
        return ListingId.Seller(id) is null && (entry?.Word is not { } word || word.Seller == speaker);
    }

    private static Judgement OfRecord(ListingEntry entry, SignedListing signed, DateTimeOffset now)
    {
        var record = signed.Record;
        if (record.Withdrawn)
            return Judgement.Hidden;
        return new Judgement(
            signed, null, entry.IsOwn ? TrustLevel.Own : record.ExpiresAt <= now ? TrustLevel.Expired : TrustLevel.Verified, Differs(entry, signed.ToListing()));
    }

    private static Judgement OfWord(ListingEntry entry, SellerWord word, TrustOptions options, DateTimeOffset now)
    {
        if (word.Listing is not { } listing)
            return Judgement.Hidden;
        var contested = Differs(entry, listing);
        return new Judgement(
            null, listing, HeardAt(entry) + options.AttestedFor <= now ? TrustLevel.Expired : contested ? TrustLevel.Disputed : TrustLevel.Attested, contested);
    }

    private static Judgement OfHearsay(RawListing raw, TrustLevel trust, TrustOptions options, DateTimeOffset now)
    {
        var listing = raw.Listing;
        return new Judgement(
            null, listing, raw.SeenAt + options.HearsayFor <= now ? TrustLevel.Expired : trust,
            trust == TrustLevel.Disputed || (ListingId.Seller(listing.Id) is { } seller && seller != listing.SellerId));
    }

    private static bool Differs(ListingEntry entry, Listing said) => entry.Raw is { } raw ? !raw.Listing.Means(said) : entry.RawLost;
}
