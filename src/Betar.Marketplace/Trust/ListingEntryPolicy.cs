using Betar.Libp2p.Multiformats;
using Betar.Marketplace.Listings;
using Betar.Marketplace.Replication;

namespace Betar.Marketplace.Trust;

/// <summary>
/// What the replicated set's quotas need to know of listings. It is made before the replica, and knows who signed what as soon as the marketplace that
/// stands on that replica is there.
/// </summary>
public sealed class ListingEntryPolicy : IEntryPolicy
{
    private MarketView? _view;

    public string? SellerOf(string key, ReadOnlySpan<byte> value) =>
        ListingJson.TryDecode(key, value, ListingLimits.Default, out var listing, out _) && listing.SellerId.Length > 0 ? listing.SellerId : null;

    /// <summary>The value names the newest record that is held of its listing, and that record was checked.</summary>
    public bool IsVerified(string key, ReadOnlySpan<byte> value) =>
        Volatile.Read(ref _view) is { } view
        && ListingJson.TryDecode(key, value, ListingLimits.Default, out var listing, out _)
        && Cid.TryParse(listing.Metadata, out var record) && view.Holds(listing.Id, record);

    internal void Attach(MarketView view) => Volatile.Write(ref _view, view);
}
