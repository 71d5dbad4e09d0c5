using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Betar.X402;

namespace Betar.Marketplace.Search;

/// <summary>
/// Finds listings. A term's slots are sifted by the terms that are left and by plain numbers, and the best of them are kept in a heap of the
/// page's size: the work is that of the rarest term, and the memory that of a page. Not safe for several threads.
/// </summary>
internal sealed class ListingIndex
{
    private readonly Dictionary<string, int> _slots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Posting> _terms = new(StringComparer.Ordinal);
    private readonly List<Posting?> _postings = [];
    private readonly Stack<int> _freeNumbers = new();
    private readonly Stack<int> _freeSlots = new();
    private readonly List<string?> _ids = [];
    private readonly List<ulong> _hashes = [];
    private readonly List<int[]> _termsOf = [];
    private readonly List<IndexedListing> _listings = [];

    public int Count => _slots.Count;

    /// <summary>How many different terms there are.</summary>
    public int Terms => _terms.Count;

    /// <summary>Puts a listing, or another state of it. Terms that stay are not touched.</summary>
    public void Put(string id, HashSet<string> terms, in IndexedListing listing)
    {
        if (!_slots.TryGetValue(id, out var slot))
            slot = Take(id);
        _listings[slot] = listing;
        var before = _termsOf[slot];
        if (before.Length == terms.Count && Array.TrueForAll(before, number => terms.Contains(_postings[number]!.Term)))
            return;
        RemoveTerms(slot);
        var numbers = new int[terms.Count];
        var at = 0;
        foreach (var term in terms)
        {
            var posting = PostingOf(term);
            posting.Add(slot);
            numbers[at++] = posting.Number;
        }

        _termsOf[slot] = numbers;
    }

    /// <summary>Other numbers for a listing that keeps its terms.</summary>
    public void Update(string id, in IndexedListing listing)
    {
        if (_slots.TryGetValue(id, out var slot))
            _listings[slot] = listing;
    }

    public void Remove(string id)
    {
        if (!_slots.Remove(id, out var slot))
            return;
        RemoveTerms(slot);
        _ids[slot] = null;
        _listings[slot] = default;
        _freeSlots.Push(slot);
    }

    /// <param name="query">What is looked for; its cursor is passed beside it.</param>
    /// <param name="after">The place behind which the page begins; null: at the beginning.</param>
    /// <param name="aliveSince">Who was heard before is not alive, in UTC ticks.</param>
    /// <param name="matches">How many were found behind that place.</param>
    /// <param name="examined">How many were looked at.</param>
    /// <returns>The places of the page and of one more, in order.</returns>
    public List<SortKey> Search(SearchQuery query, SortKey? after, long aliveSince, out int matches, out int examined)
    {
        (matches, examined) = (0, 0);
        var page = new PriorityQueue<SortKey, SortKey>(Comparer<SortKey>.Create((left, right) => right.CompareTo(left)));
        var size = Math.Clamp(query.Limit, 1, SearchQuery.MaxLimit) + 1;
        if (!TryFindPostings(query, out var postings))
            return [];
        var sieve = new SearchSieve(query, aliveSince);
        var ids = CollectionsMarshal.AsSpan(_ids);
        var listings = CollectionsMarshal.AsSpan(_listings);
        var rarest = postings.Count > 0 ? postings[0].Slots : default;
        var candidates = postings.Count > 0 ? rarest.Length : ids.Length;
        var worst = ulong.MaxValue;
        for (var i = 0; i < candidates; i++)
        {
            var slot = postings.Count > 0 ? rarest[i] : i;
            if (ids[slot] is not { } id)
                continue;
            examined++;
            ref readonly var listing = ref listings[slot];
            if (!InAll(postings, slot) || !sieve.Passes(listing))
                continue;

            // Most candidates are out by one number; only the others are worth a key.
            var value = Value(query.Sort, listing);
            if (after is { } place && (value < place.Value || (value == place.Value && new SortKey(value, _hashes[slot], id).CompareTo(place) <= 0)))
                continue;
            matches++;
            if (value > worst)
                continue;
            var key = new SortKey(value, _hashes[slot], id);
            if (page.Count < size)
                page.Enqueue(key, key);
            else if (key.CompareTo(page.Peek()) < 0)
                page.EnqueueDequeue(key, key);
            if (page.Count == size)
                worst = page.Peek().Value;
        }

        var found = new List<SortKey>(page.Count);
        while (page.TryDequeue(out var key, out _))
            found.Add(key);
        found.Reverse();
        return found;
    }

    internal static ulong Saturate(AtomicAmount amount) =>
        ulong.TryParse(amount.ToString(), out var units) ? Math.Min(units, ulong.MaxValue - 1) : ulong.MaxValue - 1;

    /// <summary>Nobody finds a second text of the same hash by chance.</summary>
    internal static ulong Hash(string text) => BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static ulong Value(SearchSort sort, in IndexedListing listing) => sort switch
    {
        SearchSort.Latency => listing.Latency,
        SearchSort.Success => listing.Misses,
        _ => listing.Price,
    };

    private static bool InAll(List<Posting> postings, int slot)
    {
        for (var i = 1; i < postings.Count; i++)
        {
            if (!postings[i].Contains(slot))
                return false;
        }

        return true;
    }

    /// <summary>The rarest first; false: one of the terms occurs nowhere.</summary>
    private bool TryFindPostings(SearchQuery query, out List<Posting> postings)
    {
        postings = [];
        foreach (var term in SearchTerms.Of(query))
        {
            if (!_terms.TryGetValue(term, out var posting))
                return false;
            postings.Add(posting);
        }

        postings.Sort((left, right) => left.Count.CompareTo(right.Count));
        return true;
    }

    private int Take(string id)
    {
        if (!_freeSlots.TryPop(out var slot))
        {
            slot = _ids.Count;
            _ids.Add(null);
            _hashes.Add(0);
            _termsOf.Add([]);
            _listings.Add(default);
        }

        _ids[slot] = id;
        _hashes[slot] = Hash(id);
        _slots.Add(id, slot);
        return slot;
    }

    private Posting PostingOf(string term)
    {
        if (_terms.TryGetValue(term, out var posting))
            return posting;
        if (!_freeNumbers.TryPop(out var number))
        {
            number = _postings.Count;
            _postings.Add(null);
        }

        posting = new Posting(term, number);
        _postings[number] = posting;
        _terms.Add(term, posting);
        return posting;
    }

    private void RemoveTerms(int slot)
    {
        foreach (var number in _termsOf[slot])
        {
            var posting = _postings[number]!;
            posting.Remove(slot);
            if (posting.Count > 0)
                continue;
            _terms.Remove(posting.Term);
            _postings[number] = null;
            _freeNumbers.Push(number);
        }

        _termsOf[slot] = [];
    }
}
