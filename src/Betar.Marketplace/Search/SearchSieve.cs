using Betar.Marketplace.Trust;

namespace Betar.Marketplace.Search;

/// <summary>The conditions of a search that are plain numbers.</summary>
internal readonly struct SearchSieve
{
    private readonly ulong _least;
    private readonly ulong _most;
    private readonly bool _priced;
    private readonly int _trust;
    private readonly ulong? _name;
    private readonly bool _aliveOnly;
    private readonly long _aliveSince;

    public SearchSieve(SearchQuery query, long aliveSince)
    {
        _priced = query.MinPrice is not null || query.MaxPrice is not null;
        _least = query.MinPrice is { } least ? ListingIndex.Saturate(least) : 0;
        _most = query.MaxPrice is { } most ? ListingIndex.Saturate(most) : ulong.MaxValue - 1;
        _trust = query.Trust.Count == 0 ? -1 : query.Trust.Aggregate(0, (all, trust) => all | (1 << (int)trust));
        _name = query.Name is { } name ? ListingIndex.Hash(name) : null;
        (_aliveOnly, _aliveSince) = (query.AliveOnly, aliveSince);
    }

    public bool Passes(in IndexedListing listing) =>
        (_trust & (1 << (int)listing.Trust)) != 0
        && (!_priced || (listing.Price >= _least && listing.Price <= _most))
        && (_name is null || listing.Name == _name)
        && (!_aliveOnly || IsAlive(listing, _aliveSince));

    public static bool IsAlive(in IndexedListing listing, long aliveSince) =>
        !listing.Failing && listing.Trust != TrustLevel.Expired
        && (listing.HeardAt >= aliveSince || listing.Seller.LastSeen.UtcTicks >= aliveSince);
}
