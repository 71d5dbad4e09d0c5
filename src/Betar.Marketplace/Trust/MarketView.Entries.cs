using System.Net;
using Betar.Libp2p.Identity;
using Betar.Marketplace.Listings;
using Betar.Marketplace.Search;

namespace Betar.Marketplace.Trust;

/// <summary>How entries come and go. All of it runs under the lock.</summary>
internal sealed partial class MarketView
{
    /// <summary>When it is full so much of it goes at once, so that the search for the lightest is paid for by many.</summary>
    private const int MakeRoomPart = 50;

    /// <summary>A place for a new id, if its seller, its group and the view have one.</summary>
    private ListingEntry? Admit(string id, string seller, DateTimeOffset now, IPAddress? group)
    {
        var state = _sellers.GetValueOrDefault(seller);
        var brought = group is not null && _groups.TryGetValue(group, out var count) ? count : 0;
        if (state?.Listings.Count >= options.MaxPerSeller || brought >= options.MaxHearsayPerGroup)
        {
            Refused++;
            return null;
        }

        if (_entries.Count >= options.MaxListings)
            MakeRoom();
        var entry = new ListingEntry(id, Join(id, seller)) { HeardAt = now, Group = group };
        if (group is not null)
            _groups[group] = brought + 1;
        _entries.Add(id, entry);
        if (ListingId.Seller(id) is not null)
        {
            var agent = ListingId.Agent(id);
            if (!_prefixed.TryGetValue(agent, out var ids))
                _prefixed.Add(agent, ids = new HashSet<string>(StringComparer.Ordinal));
            ids.Add(id);
        }

        return entry;
    }

    /// <summary>Who the id belongs to follows from a listing that fits it; one that does not fit shows nothing.</summary>
    private static void NoteOwner(ListingEntry entry, Listing listing)
    {
        if (entry.Owner is null && PeerId.TryParse(listing.SellerId, out var seller) && ListingId.BelongsTo(entry.Id, listing.Name, seller))
            entry.Owner = SharedText.Of(listing.SellerId);
    }

    private bool TakeWord(ListingEntry entry, PeerId speaker, Listing? listing, WordSource source, DateTimeOffset at)
    {
        if (entry.IsOwn || !TrustRules.MaySpeak(entry, entry.Id, (listing ?? entry.Word?.Listing ?? entry.Raw?.Listing)?.Name, speaker))
            return false;
        if (entry.Record is not null)
        {
            // What it signed counts for more; but it is there.
            if (entry.Record.Record.Seller == speaker)
                entry.Seller.LastSeen = at;
            return false;
        }

        // What was said later counts, and a head may be older than it looks: the set is read again at each start.
        if (entry.Word is { } before && before.Seller == speaker.ToString() && before.At > at)
            return false;
        if (listing is not null)
            NoteOwner(entry, listing);
        var seller = speaker.ToString();
        if (entry.Seller.Id != seller)
            entry.Seller = Rejoin(entry, seller);
        entry.Word = new SellerWord(entry.Seller.Id, listing, source, at);
        entry.HeardAt = at;
        Leave(entry);
        return true;
    }

    /// <summary>The seller was heard: what had expired because it was not heard is what it was, for searches too.</summary>
    private void Wake(SellerState seller, DateTimeOffset now, List<MarketChange> changes)
    {
        var wasSilent = seller.LastSeen + options.AttestedFor <= now;
        seller.LastSeen = now;
        if (!wasSilent)
            return;
        foreach (var entry in seller.Listings.Select(id => _entries[id]).Where(entry => entry is { Record: null, Judged.Trust: TrustLevel.Expired }).ToList())
        {
            if (Judge(entry, now) is { } change)
                changes.Add(change);
        }
    }

    /// <summary>Judges the entry, keeps the index true, and says what buyers see changed.</summary>
    private MarketChange? Judge(ListingEntry entry, DateTimeOffset now)
    {
        var before = entry.Judged;
        var judged = TrustRules.Judge(entry, options, now);
        entry.DueAt = TrustRules.DueAt(entry, options, now);
        entry.Judged = judged;
        if (!judged.IsShown)
        {
            _index.Remove(entry.Id);
            return before.IsShown ? new MarketChange(entry.Id, null) : null;
        }

        var shown = Show(entry, judged, now)!;
        if (entry.Seller.Id != shown.SellerId)
        {
            entry.Seller = Rejoin(entry, shown.SellerId);
            shown = Show(entry, judged, now)!;
        }
        var numbers = Numbers(entry, shown);
        if (before.LooksLike(judged))
        {
            _index.Update(entry.Id, numbers);
            return null;
        }

        _index.Put(entry.Id, SearchTerms.Of(shown), numbers);
        return new MarketChange(entry.Id, shown);
    }

    private IndexedListing Numbers(ListingEntry entry, MarketListing shown) => new(
        shown.PriceAtomic is { } price ? ListingIndex.Saturate(price) : ulong.MaxValue,
        shown.Trust,
        (ulong?)shown.Latency?.Ticks ?? ulong.MaxValue,
        shown.SuccessRate is { } rate ? (ulong)(10_000 - rate) : ulong.MaxValue,
        entry.IsOwn ? long.MaxValue : entry.HeardAt.UtcTicks,
        entry.Life?.FailuresInARow >= options.DeadAfterFailures,
        ListingIndex.Hash(shown.Name),
        entry.Seller);

    private MarketListing? Show(ListingEntry entry, DateTimeOffset now) => Show(entry, TrustRules.Judge(entry, options, now), now);

    private MarketListing? Show(ListingEntry entry, in Judgement judged, DateTimeOffset now)
    {
        if (judged.Listing is not { } listing)
            return null;
        var record = entry.Record?.Record;
        var heard = TrustRules.HeardAt(entry);
        return new MarketListing
        {
            Id = listing.Id,
            Name = listing.Name,
            Description = record?.Description ?? "",
            Price = listing.Price,
            PriceAtomic = listing.TryGetPrice(out var price) ? price : null,
            SellerId = listing.SellerId,
            Addresses = listing.Addresses,
            Protocols = listing.Protocols,
            PayTo = record?.Payee ?? (listing.PayTo.Length > 0 && entry.Word is { Source: WordSource.Info } ? listing.PayTo : null),
            Network = record?.Network,
            Token = record?.Token,
            Skills = record?.Skills ?? [],
            Bounds = record?.Bounds,
            Level = record?.Level,
            KeepsFailed = record?.KeepsFailed == true,
            Metadata = listing.Metadata,
            TokenId = listing.TokenId,
            Trust = judged.Trust,
            Contested = judged.Contested,
            Version = record?.Version ?? 0,
            Since = record?.IssuedAt ?? entry.Word?.At ?? entry.Raw?.SeenAt ?? entry.HeardAt,
            Expires = record?.ExpiresAt ?? entry.DueAt,
            LastSeen = entry.IsOwn ? now : heard,
            LastSuccess = entry.Life?.LastSuccess,
            Latency = entry.Life?.Latency,
            SuccessRate = entry.Life?.SuccessRate,
            IsAlive = entry.IsOwn || (judged.Trust != TrustLevel.Expired && !(entry.Life?.FailuresInARow >= options.DeadAfterFailures)
                && heard + options.AliveFor >= now),
        };
    }

    private ListingEntry? FindEntry(string id)
    {
        if (_entries.TryGetValue(id, out var entry) && entry.Judged.IsShown)
            return entry;
        var agent = ListingId.Agent(id);
        if (ListingId.Seller(id) is { } seller)
        {
            return _entries.TryGetValue(agent, out var bare) && bare.Seller.Id == seller ? bare : entry;
        }

        // Of several sellers that claim one agent, the one that is believed most.
        return _prefixed.TryGetValue(agent, out var ids)
            ? ids.Select(other => _entries[other]).Where(other => other.Judged.IsShown)
                .OrderBy(other => other.Judged.Trust).ThenBy(other => other.Id, StringComparer.Ordinal).FirstOrDefault() ?? entry
            : entry;
    }

    private void MakeRoom()
    {
        var lightest = _entries.Values.Where(entry => !entry.IsOwn)
            .OrderBy(entry => weight.Of(entry.Seller.Id, entry.Judged.Trust, entry.Life?.Successes ?? 0)).ThenBy(entry => entry.HeardAt)
            .Take(Math.Max(1, options.MaxListings / MakeRoomPart)).ToList();
        foreach (var entry in lightest)
        {
            Refused++;
            Forget(entry, null);
        }
    }

    private void Forget(ListingEntry entry, List<MarketChange>? changes)
    {
        if (entry.Judged.IsShown)
            changes?.Add(new MarketChange(entry.Id, null));
        _index.Remove(entry.Id);
        _records.Remove(entry.Id);
        _entries.Remove(entry.Id);
        Leave(entry);
        Part(entry);
        var agent = ListingId.Agent(entry.Id);
        if (ListingId.Seller(entry.Id) is not null && _prefixed.TryGetValue(agent, out var ids) && ids.Remove(entry.Id) && ids.Count == 0)
            _prefixed.Remove(agent);
    }

    private SellerState Join(string id, string seller)
    {
        if (!_sellers.TryGetValue(seller, out var state))
            _sellers.Add(seller, state = new SellerState(seller));
        state.Listings.Add(id);
        return state;
    }

    private SellerState Rejoin(ListingEntry entry, string seller)
    {
        Part(entry);
        return Join(entry.Id, seller);
    }

    private void Part(ListingEntry entry)
    {
        entry.Seller.Listings.Remove(entry.Id);
        if (entry.Seller.Listings.Count == 0)
            _sellers.Remove(entry.Seller.Id);
    }

    /// <summary>Somebody vouches for it now: it does not count against who brought it.</summary>
    private void Leave(ListingEntry entry)
    {
        if (entry.Group is not { } group)
            return;
        entry.Group = null;
        if (--_groups[group] == 0)
            _groups.Remove(group);
    }
}
