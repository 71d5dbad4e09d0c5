using System.Diagnostics.CodeAnalysis;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Scheduling;
using Betar.Marketplace.Exchange;
using Betar.Marketplace.Listings;
using Betar.Marketplace.Records;
using Betar.Marketplace.Replication;
using Betar.Marketplace.Trust;

namespace Betar.Marketplace.Selling;

/// <summary>
/// Keeps what this node sells true on the network: a signed version for each real change, one node of the set for many of them, and, when
/// somebody else changed its meaning, the same bytes again after a wait that grows.
/// </summary>
internal sealed class OwnListings(
    IdentityKey key, MarketView view, IReplica replica, ListingKeeper keeper, Announcer announcer, RecordExchange exchange, SellingOptions options,
    TimeProvider time, TaskScheduler scheduler)
{
    private readonly AsyncGate _gate = new(1, scheduler);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, OwnListing> _listings = new(StringComparer.Ordinal);
    /// <summary>What somebody else has changed, and when it may be said again.</summary>
    private readonly Dictionary<string, DateTimeOffset> _disturbed = new(StringComparer.Ordinal);

    /// <summary>What this node sells now, in the order of the ids.</summary>
    public IReadOnlyList<ListingRecord> All
    {
        get
        {
            lock (_lock)
                return [.. _listings.Values.Select(own => own.Signed.Record).Where(record => !record.Withdrawn).OrderBy(record => record.Id, StringComparer.Ordinal)];
        }
    }

    /// <summary>Takes up what was published before a restart.</summary>
    public void Recall(SignedListing signed)
    {
        lock (_lock)
            _listings[signed.Record.Id] = new OwnListing(signed);
        Look(signed.Record.Id);
    }

    public Cid? NodeOf(string id)
    {
        lock (_lock)
            return _listings.GetValueOrDefault(id)?.Node;
    }

    public async Task<IReadOnlyList<PublishResult>> PublishAsync(IReadOnlyList<ListingOffer> offers, CancellationToken cancellationToken)
    {
        await _gate.EnterAsync(cancellationToken);
        try
        {
            List<(SignedListing Signed, bool IsNew)> changed = [];
            List<PublishResult> results = [];
            foreach (var offer in offers)
                Prepare(offer, changed, results);
            var nodes = await WriteAsync([.. changed.Select(change => change.Signed)], cancellationToken);
            await TellAsync(
                changed.Take(options.MaxAnnouncements)
                    .Select(change => (change.IsNew ? AnnouncementKind.List : AnnouncementKind.Update, change.Signed)), cancellationToken);
            return [.. results.Select(result => result with { Node = nodes.GetValueOrDefault(result.Id) })];
        }
        finally
        {
            _gate.Leave();
        }
    }

    /// <returns>The ids that were taken back; the others were not listed.</returns>
    public async Task<IReadOnlyList<string>> WithdrawAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        await _gate.EnterAsync(cancellationToken);
        try
        {
            var now = time.GetUtcNow();
            List<SignedListing> withdrawn = [];
            foreach (var id in ids.Distinct(StringComparer.Ordinal))
            {
                if (TryFind(id, out var own) && !own.Signed.Record.Withdrawn)
                {
                    withdrawn.Add(SignedListing.Seal(key, Renewed(own.Signed.Record, now, options.WithdrawnFor) with { Withdrawn = true }));
                }
            }

            await WriteAsync(withdrawn, cancellationToken);
            await TellAsync(withdrawn.Take(options.MaxAnnouncements).Select(signed => (AnnouncementKind.Delist, signed)), cancellationToken);
            return [.. withdrawn.Select(signed => signed.Record.Id)];
        }
        finally
        {
            _gate.Leave();
        }
    }

    /// <summary>A new version of what has half of its life behind it, and the same version of what others have changed.</summary>
    public async Task TendAsync(CancellationToken cancellationToken)
    {
        await _gate.EnterAsync(cancellationToken);
        try
        {
            var now = time.GetUtcNow();
            await WriteAsync([.. DueForRenewal(now).Select(record => SignedListing.Seal(key, Renewed(record, now, options.Lifetime)))], cancellationToken);
            await ReassertAsync(DueForReassertion(now), cancellationToken);
        }
        finally
        {
            _gate.Leave();
        }
    }

    /// <summary>Signs a new version now, whatever is left of the old one.</summary>
    public async Task<bool> RenewAsync(string id, CancellationToken cancellationToken)
    {
        await _gate.EnterAsync(cancellationToken);
        try
        {
            if (!TryFind(id, out var own) || own.Signed.Record.Withdrawn)
                return false;
            await WriteAsync([SignedListing.Seal(key, Renewed(own.Signed.Record, time.GetUtcNow(), options.Lifetime))], cancellationToken);
            return true;
        }
        finally
        {
            _gate.Leave();
        }
    }

    /// <summary>Looks whether the set still says what we said; what it says may have changed.</summary>
    public void Look(string id)
    {
        lock (_lock)
        {
            if (!_listings.TryGetValue(id, out var own))
                return;
            if (SaysSo(own.Signed))
            {
                _disturbed.Remove(id);
            }
            else if (!_disturbed.ContainsKey(id))
            {
                var now = time.GetUtcNow();
                if (now - own.LastWrittenAt > options.MaxReassertion)
                    own.Reassertions = 0;
                _disturbed.Add(id, now + Wait(own.Reassertions));
            }
        }
    }

    private void Prepare(ListingOffer offer, List<(SignedListing, bool)> changed, List<PublishResult> results)
    {
        var now = time.GetUtcNow();
        var known = TryFind(offer.Id, out var own) ? own.Signed.Record : null;
        var record = new ListingRecord(offer, key.PeerId, NextVersion(known, now), Second(now), Second(now) + options.Lifetime);
        if (known is { Withdrawn: false } && known.Offers(record) && known.ExpiresAt - now > options.Lifetime / 2 && replica.Find(ListingKey.Of(offer.Id)) is not null)
        {
            results.Add(new PublishResult(offer.Id, known.Version, false, null));
            return;
        }

        if (SignedListing.TrySeal(key, record, out var signed, out var fault))
            changed.Add((signed, known is null or { Withdrawn: true }));
        results.Add(signed is null ? new PublishResult(offer.Id, 0, false, null, $"Nobody would believe this record: {fault}.") : new PublishResult(offer.Id, record.Version, true, null));
    }

    private static ListingRecord Renewed(ListingRecord record, DateTimeOffset now, TimeSpan lifetime) =>
        record with { Version = NextVersion(record, now), IssuedAt = Second(now), ExpiresAt = Second(now) + lifetime };

    /// <summary>Grows with the clock, so that a node which lost its store does not begin again below what others know.</summary>
    private static ulong NextVersion(ListingRecord? known, DateTimeOffset now) =>
        Math.Max((known?.Version ?? 0) + 1, (ulong)Math.Max(0, now.ToUnixTimeMilliseconds()));

    private static DateTimeOffset Second(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());

    /// <summary>Believed here and kept on disk first, then written to the set, then brought to peers: nobody hears of a version that we could forget.</summary>
    private async Task<Dictionary<string, Cid?>> WriteAsync(List<SignedListing> versions, CancellationToken cancellationToken)
    {
        Dictionary<string, Cid?> nodes = new(StringComparer.Ordinal);
        if (versions.Count == 0)
            return nodes;
        lock (_lock)
        {
            foreach (var version in versions)
            {
                var own = _listings.GetValueOrDefault(version.Record.Id) ?? new OwnListing(version);
                (own.Signed, own.Reassertions) = (version, 0);
                _listings[version.Record.Id] = own;
            }
        }

        foreach (var version in versions)
        {
            view.Accept(version);
            keeper.Keep(version);
        }

        await keeper.FlushAsync(cancellationToken);
        await WriteSetAsync(versions, nodes, cancellationToken);
        exchange.Push(versions, null, cancellationToken);
        return nodes;
    }

    private async Task WriteSetAsync(List<SignedListing> versions, Dictionary<string, Cid?> nodes, CancellationToken cancellationToken)
    {
        foreach (var batch in versions.Chunk(options.MaxBatch))
        {
            var node = await replica.WriteAsync([.. batch.Select(WriteOf)], cancellationToken);
            lock (_lock)
            {
                foreach (var version in batch)
                {
                    var own = _listings[version.Record.Id];
                    (own.Node, own.LastWrittenAt) = (node, time.GetUtcNow());
                    _disturbed.Remove(version.Record.Id);
                    nodes[version.Record.Id] = node;
                }
            }
        }
    }

    private static ReplicaWrite WriteOf(SignedListing version) => new(
        ListingKey.Of(version.Record.Id),
        version.Record.Withdrawn ? default(ReadOnlyMemory<byte>?) : ListingJson.Encode(version.ToListing()));

    private async Task ReassertAsync(List<OwnListing> due, CancellationToken cancellationToken)
    {
        if (due.Count == 0)
            return;
        await WriteSetAsync([.. due.Select(own => own.Signed)], [], cancellationToken);
        lock (_lock)
        {
            foreach (var own in due)
                own.Reassertions++;
        }
    }

    private async Task TellAsync(IEnumerable<(AnnouncementKind Kind, SignedListing Signed)> changes, CancellationToken cancellationToken)
    {
        foreach (var (kind, signed) in changes)
            await announcer.TellAsync(kind, signed.ToListing(), cancellationToken);
    }

    private List<ListingRecord> DueForRenewal(DateTimeOffset now)
    {
        lock (_lock)
        {
            return [.. _listings.Values.Select(own => own.Signed.Record)
                .Where(record => !record.Withdrawn && record.ExpiresAt - now <= options.Lifetime / 2)];
        }
    }

    private List<OwnListing> DueForReassertion(DateTimeOffset now)
    {
        lock (_lock)
            return [.. _disturbed.Where(change => change.Value <= now).Select(change => _listings[change.Key])];
    }

    private bool SaysSo(SignedListing signed)
    {
        var key = ListingKey.Of(signed.Record.Id);
        var entry = replica.Find(key);
        if (signed.Record.Withdrawn)
            return entry is null;
        return entry is not null && ListingJson.TryDecode(entry.Value.Span, out var listing)
            && listing.Means(signed.ToListing());
    }

    private TimeSpan Wait(int reassertions)
    {
        var wait = options.FirstReassertion;
        for (var i = 0; i < reassertions && wait < options.MaxReassertion; i++)
            wait *= options.ReassertionFactor;
        return wait < options.MaxReassertion ? wait : options.MaxReassertion;
    }

    private bool TryFind(string id, [NotNullWhen(true)] out OwnListing? own)
    {
        lock (_lock)
            return _listings.TryGetValue(id, out own);
    }
}
