using System.Net;
using Betar.Libp2p.Identity;
using Betar.Marketplace.Listings;
using Betar.Marketplace.Records;
using Betar.Marketplace.Search;

namespace Betar.Marketplace.Trust;

/// <summary>
/// What this node believes of every listing that it has heard of. All that is heard comes in here, and all that is shown goes out from here.
/// Safe for several threads; nothing in it waits.
/// </summary>
internal sealed partial class MarketView(PeerId self, TrustOptions options, IListingWeight weight, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ListingEntry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SellerState> _sellers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _prefixed = new(StringComparer.Ordinal);
    private readonly Dictionary<IPAddress, int> _groups = [];
    private readonly RecordBook _records = new();
    private readonly ListingIndex _index = new();

    /// <summary>Raised after each change that buyers see, outside every lock.</summary>
    public event EventHandler<MarketChange>? Changed;

    public int Count
    {
        get
        {
            lock (_lock)
                return _entries.Count;
        }
    }

    /// <summary>Values and records that found no room, so far.</summary>
    public long Refused { get; private set; }

    /// <summary>Takes what the replicated set says now.</summary>
    /// <param name="group">The IP group of who broadcast it first.</param>
    /// <returns>False: there is no room for it.</returns>
    public bool SetRaw(string id, RawListing? raw, IPAddress? group = null)
    {
        var now = time.GetUtcNow();
        var listing = raw?.Listing;
        MarketChange? change;
        lock (_lock)
        {
            var entry = _entries.GetValueOrDefault(id);
            if (raw is null || listing is null)
            {
                if (entry?.Raw is null)
                    return true;
                (entry.Raw, entry.RawLost) = (null, true);
            }
            else
            {
                entry ??= Admit(id, listing.SellerId, now, group);
                if (entry is null)
                    return false;
                (entry.Raw, entry.RawLost) = (raw, false);
                NoteOwner(entry, listing);
                if (entry.Owner == listing.SellerId)
                    entry.OwnersRaw = raw;
                if (entry.HeardAt < raw.SeenAt && entry is { Record: null, Word: null })
                    entry.HeardAt = raw.SeenAt;
                if (raw.From is { } from && from.ToString() == listing.SellerId)
                    TakeWord(entry, from, listing, WordSource.Head, raw.SeenAt);
            }

            change = Judge(entry, now);
        }

        Raise(change);
        return true;
    }

    /// <summary>Takes a record. It yields to a newer version and to its expiry, and to nothing else.</summary>
    public RecordFault Accept(SignedListing record)
    {
        var now = time.GetUtcNow();
        MarketChange? change;
        lock (_lock)
        {
            if (record.At(now, options.Records) is not RecordFault.None and var fault)
                return fault;
            var entry = _entries.GetValueOrDefault(record.Record.Id);
            if (entry?.Record is { } known && known.Record.Version >= record.Record.Version)
                return RecordFault.NotNewer;
            entry ??= Admit(record.Record.Id, record.Record.Seller.ToString(), now, null);
            if (entry is null)
                return RecordFault.OverQuota;
            entry.Record = record;
            entry.Word = null;
            entry.Owner = SharedText.Of(record.Record.Seller.ToString());
            entry.IsOwn = record.Record.Seller == self;
            entry.HeardAt = now;
            Leave(entry);
            _records.Put(record);
            change = Judge(entry, now);
        }

        Raise(change);
        return RecordFault.None;
    }

    /// <summary>Takes what a seller itself said of a listing of its own; null: that it has taken it back.</summary>
    /// <returns>False: it may not speak for that id, or there is no room.</returns>
    public bool Hear(PeerId speaker, string id, Listing? listing, WordSource source)
    {
        var now = time.GetUtcNow();
        MarketChange? change = null;
        bool taken;
        lock (_lock)
        {
            var entry = _entries.GetValueOrDefault(id);
            if (speaker == self || (listing is null && entry is null) || (listing is not null && listing.SellerId != speaker.ToString()))
                return false;
            if (entry is null && TrustRules.MaySpeak(null, id, listing!.Name, speaker))
                entry = Admit(id, listing.SellerId, now, null);
            taken = entry is not null && TakeWord(entry, speaker, listing, source, now);
            if (entry is not null)
                change = Judge(entry, now);
        }

        Raise(change);
        return taken;
    }

    /// <summary>The ids for which this seller's unsigned word counts.</summary>
    public IReadOnlyList<string> SpokenFor(PeerId seller)
    {
        var name = seller.ToString();
        lock (_lock)
            return _sellers.TryGetValue(name, out var state) ? [.. state.Listings.Where(id => _entries[id].Word is { Listing: not null } word && word.Seller == name)] : [];
    }

    /// <summary>The seller was heard, whatever it said.</summary>
    public void Seen(PeerId seller)
    {
        List<MarketChange> changes = [];
        lock (_lock)
        {
            if (_sellers.TryGetValue(seller.ToString(), out var state))
                Wake(state, time.GetUtcNow(), changes);
        }

        changes.ForEach(Raise);
    }

    /// <summary>This node has spoken to a listing's seller, or tried to.</summary>
    /// <returns>False: it is not known.</returns>
    public bool Contact(string id, bool answered, TimeSpan latency)
    {
        var now = time.GetUtcNow();
        List<MarketChange> changes = [];
        MarketChange? change;
        lock (_lock)
        {
            if (!_entries.TryGetValue(id, out var entry))
                return false;
            if (answered)
            {
                (entry.Life ??= new Liveness()).Answered(now, latency);
                Wake(entry.Seller, now, changes);
            }
            else
            {
                (entry.Life ??= new Liveness()).Failed(now);
            }

            change = Judge(entry, now);
        }

        changes.ForEach(Raise);
        Raise(change);
        return true;
    }

    /// <summary>Judges anew what time alone has changed, and forgets what is over.</summary>
    /// <returns>The ids that were forgotten.</returns>
    public IReadOnlyList<string> Sweep()
    {
        var now = time.GetUtcNow();
        List<MarketChange> changes = [];
        List<string> forgotten = [];
        lock (_lock)
        {
            foreach (var entry in _entries.Values.Where(entry => entry.DueAt <= now).ToList())
            {
                if (!entry.IsOwn && TrustRules.ForgottenAt(entry, options) <= now)
                {
                    forgotten.Add(entry.Id);
                    Forget(entry, changes);
                }
                else if (Judge(entry, now) is { } change)
                {
                    changes.Add(change);
                }
            }
        }

        changes.ForEach(Raise);
        return forgotten;
    }

    /// <summary>By its id, or by the agent's DID or "peer id/DID", whichever of them it is listed under.</summary>
    public MarketListing? Find(string id)
    {
        lock (_lock)
            return FindEntry(id) is { } entry ? Show(entry, time.GetUtcNow()) : null;
    }

    public SearchPage Search(SearchQuery query)
    {
        var fingerprint = query.Fingerprint();
        SortKey? after = null;
        if (query.Cursor is { } cursor)
        {
            var fault = SearchCursor.Read(cursor, fingerprint, out var place);
            if (fault != SearchFault.None)
                return SearchPage.Refused(fault);
            after = place;
        }

        var now = time.GetUtcNow();
        lock (_lock)
        {
            var found = _index.Search(query, after, (now - options.AliveFor).UtcTicks, out var matches, out var examined);
            var size = Math.Clamp(query.Limit, 1, SearchQuery.MaxLimit);
            var items = found.Take(size).Select(key => Show(_entries[key.Id], now)).OfType<MarketListing>().ToList();
            return new SearchPage(items, found.Count > size ? SearchCursor.Write(fingerprint, found[size - 1]) : null, matches, examined);
        }
    }

    /// <summary>Looks at all that is known of an id under the lock.</summary>
    public T? Inspect<T>(string id, Func<ListingEntry, Judgement, T> look)
        where T : class
    {
        lock (_lock)
            return FindEntry(id) is { } entry ? look(entry, TrustRules.Judge(entry, options, time.GetUtcNow())) : null;
    }

    private void Raise(MarketChange? change)
    {
        if (change is not null)
            Changed?.Invoke(this, change);
    }
}
