using System.Net;
using Betar.Blocks.Exchange;
using Betar.Blocks.Store;
using Betar.Libp2p.Identity;
using Betar.Libp2p.PubSub;
using Betar.Libp2p.Scheduling;
using Betar.Marketplace.Exchange;
using Betar.Marketplace.Listings;
using Betar.Marketplace.Records;
using Betar.Marketplace.Replication;
using Betar.Marketplace.Replication.Wire;
using Betar.Marketplace.Search;
using Betar.Marketplace.Selling;
using Betar.Marketplace.Trust;
using Microsoft.Extensions.Logging;

namespace Betar.Marketplace;

/// <summary>
/// A node's part in the marketplace: what it sells is published and kept true, and what others sell is found, each with how far it may be
/// believed. Foreign changes of the replicated set never change what a seller said.
/// </summary>
public sealed partial class MarketplaceNode : IMarketplace, IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<IDisposable> _served = [];
    private readonly IMarketNetwork _network;
    private readonly IReplica _replica;
    private readonly IReplicaFacts? _facts;
    private readonly IListingStore _store;
    private readonly MarketplaceOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly BackgroundWork _work;
    private readonly MarketView _view;
    private readonly ListingKeeper _keeper;
    private readonly RecordIntake _intake;
    private readonly ReceiptBook _receipts;
    private readonly RecordExchange _exchange;
    private readonly RecordFetcher _fetcher;
    private readonly Announcer _announcer;
    private readonly InfoExchange _info;
    private readonly OwnListings _own;
    private ITimer? _timer;
    private DateTimeOffset _nextPull;
    private int _tending;

    /// <param name="parts">What it stands on. All of it outlives the marketplace and stays the caller's.</param>
    /// <param name="options">How it works.</param>
    public MarketplaceNode(MarketplaceParts parts, MarketplaceOptions options)
    {
        (_network, _replica, _store, _options, _time) = (parts.Network, parts.Replica, parts.Store, options, parts.Time);
        _logger = parts.Loggers.CreateLogger<MarketplaceNode>();
        _work = new BackgroundWork(parts.Scheduler, _logger);
        _view = new MarketView(_network.Self, options.Trust, options.Weight, _time);
        _view.Changed += (_, change) => Changed?.Invoke(this, change);
        _facts = parts.Facts;
        parts.Policy?.Attach(_view);
        _keeper = new ListingKeeper(_view, _store, parts.Blocks, parts.Announcer);
        _intake = new RecordIntake(_view, _keeper, options.Trust.Records);
        _receipts = new ReceiptBook(_network.Self, _view, options.Exchange.MaxReceipts, _time);
        _exchange = new RecordExchange(_network, _view, _intake, _receipts, options.Exchange, _time, _work);
        _fetcher = new RecordFetcher(parts.Source, _view, _intake, options.Exchange, _time, _work, _stopping.Token);
        _announcer = new Announcer(parts.PubSub, _view, options.Trust.Listings, options.Exchange, _time);
        _own = new OwnListings(parts.Identity, _view, _replica, _keeper, _announcer, _exchange, options.Selling, _time, parts.Scheduler);
        _info = new InfoExchange(_network, _view, _receipts, OwnAnswers, options, _time);
    }

    public event EventHandler<MarketChange>? Changed;

    public IReadOnlyList<ListingRecord> Own => _own.All;

    /// <summary>How many listings are known, shown or not.</summary>
    public int Count => _view.Count;

    /// <summary>Values and records that found no room, so far.</summary>
    public long Refused => _view.Refused;

    /// <summary>Records that were not believed, by the reason.</summary>
    public IReadOnlyDictionary<RecordFault, long> RecordFaults => _intake.Faults;

    /// <summary>Records that are being fetched or wait for it.</summary>
    public int Fetching => _fetcher.Waiting;

    /// <summary>Takes up what is stored, reads the replicated set and takes part from then on.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await RecallAsync(cancellationToken);
        _replica.Changed += OnReplicaChanged;
        foreach (var entry in _replica.Entries)
            TakeEntry(entry.Key, entry);
        _served.Add(_exchange.Serve());
        _served.Add(_info.Serve());
        _network.PeerServes += OnPeerServes;
        foreach (var protocol in new[] { MarketFrames.Protocol, RecordMessage.Protocol })
        {
            foreach (var peer in _network.PeersServing(protocol))
                Meet(peer, [protocol]);
        }

        _nextPull = _time.GetUtcNow() + _options.Exchange.PullInterval;
        _timer = _time.CreateTimer(_ => Tend(), null, _options.TendInterval, _options.TendInterval);
    }

    public async Task<IReadOnlyList<PublishResult>> PublishAsync(IReadOnlyList<ListingOffer> offers, CancellationToken cancellationToken) =>
        await _own.PublishAsync(offers, cancellationToken);

    public Task<IReadOnlyList<string>> WithdrawAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        _own.WithdrawAsync(ids, cancellationToken);

    public Task<bool> RenewAsync(string id, CancellationToken cancellationToken) => _own.RenewAsync(id, cancellationToken);

    public SearchPage Search(SearchQuery query) => _view.Search(query);

    public MarketListing? Find(string id) => _view.Find(id);

    public async ValueTask<ConvergenceReceipt?> ReceiptAsync(string id, CancellationToken cancellationToken)
    {
        if (Receipt(id) is not { } receipt || _facts is null || receipt.Node is null)
            return Receipt(id);
        var sightings = await _facts.HoldersAsync(receipt.Node, cancellationToken);
        return receipt with
        {
            Holders =
            [
                .. receipt.Holders.Concat(sightings.Select(sighting => new Holder(sighting.Peer, sighting.Since)))
                    .Where(holder => holder.Peer != _network.Self).GroupBy(holder => holder.Peer).Select(known => known.MinBy(holder => holder.Since)!)
                    .OrderBy(holder => holder.Since).ThenBy(holder => holder.Peer.ToString(), StringComparer.Ordinal),
            ],
        };
    }

    public async ValueTask<WhyReport?> WhyAsync(string id, CancellationToken cancellationToken)
    {
        if (_view.Inspect(id, ReportOn) is not { } report || _facts is null)
            return _view.Inspect(id, ReportOn);
        var withoutEffect = await _facts.QuarantinedAsync(report.Key);
        return report with
        {
            Heads = _facts.Heads,
            Quarantined = withoutEffect,
            Holders = await ReceiptAsync(report.Id, cancellationToken) is { } receipt ? receipt.Holders : report.Holders,
        };
    }

    public void ReportContact(string id, bool answered, TimeSpan latency)
    {
        if (_view.Contact(id, answered, latency))
            _keeper.Touch(id);
    }

    /// <summary>A peer has shown that it lives, by whatever it sent.</summary>
    public void Heard(PeerId peer) => _view.Seen(peer);

    public async ValueTask DisposeAsync()
    {
        _replica.Changed -= OnReplicaChanged;
        _network.PeerServes -= OnPeerServes;
        _served.ForEach(served => served.Dispose());
        if (_timer is not null)
            await _timer.DisposeAsync();
        _stopping.Cancel();
        await _work.WhenIdleAsync();
        await _announcer.DisposeAsync();
        await _keeper.FlushAsync(CancellationToken.None);
        _stopping.Dispose();
    }

    private async Task RecallAsync(CancellationToken cancellationToken)
    {
        var rows = await _store.LoadAsync(cancellationToken);
        var bad = 0;
        foreach (var row in rows)
        {
            if (!row.Record.IsEmpty && !Recall(row))
                bad++;
            if (row is not { Successes: 0, Failures: 0 })
                _view.Recall(row);
        }

        if (bad > 0)
            LogBadRows(_logger, rows.Count, bad);
    }

    private bool Recall(ListingRow row)
    {
        if ((!SignedListing.TryRestore(row.Record.Span, row.Checked.Span, _options.Trust.Records, out var signed)
            && !SignedListing.TryOpen(row.Record.Span, _options.Trust.Records, out signed, out _)) || signed.Record.Id != row.Id)
        {
            return false;
        }

        _view.Accept(signed);
        if (signed.Record.Seller == _network.Self)
            _own.Recall(signed);
        return true;
    }

    private void OnReplicaChanged(object? sender, ReplicaChangedEventArgs change) => TakeEntry(change.Key, change.Entry);

    /// <summary>What is no listing, or stands under another's key, counts as nothing.</summary>
    private void TakeEntry(string key, ReplicaEntry? entry)
    {
        if (!ListingKey.TryParse(key, out var id))
            return;
        if (entry is null || !NodeId.TryFrom(entry.Node, out var node) || !ListingJson.TryDecode(key, entry.Value.Span, _options.Trust.Listings, out var listing, out _))
        {
            _view.SetRaw(id, null);
        }
        else
        {
            IPAddress? group = entry.FirstFrom is { } from ? _network.GroupOf(from) : null;
            if (_view.SetRaw(id, new RawListing(entry.Value, _options.Trust.Listings, node, entry.Priority, entry.FirstFrom, entry.SeenAt), group))
                _fetcher.Consider(listing, entry.FirstFrom);
        }

        _own.Look(id);
    }

    private void OnPeerServes(object? sender, PeerServesEventArgs peer) => Meet(peer.Peer, peer.Protocols);

    private void Meet(PeerId peer, IReadOnlyList<string> protocols)
    {
        _view.Seen(peer);
        if (protocols.Contains(RecordMessage.Protocol, StringComparer.Ordinal))
            _work.Run(() => _exchange.PullAsync(peer, _stopping.Token));
        if (protocols.Contains(MarketFrames.Protocol, StringComparer.Ordinal))
            _work.Run(() => _info.AskAsync(peer, _stopping.Token));
    }

    /// <summary>One at a time: a slow disk must not make them pile up.</summary>
    private void Tend()
    {
        if (Interlocked.Exchange(ref _tending, 1) == 0)
            _work.Run(TendAsync);
    }

    private async Task TendAsync()
    {
        try
        {
            _keeper.Forget(_view.Sweep());
            _fetcher.Retry();
            await _own.TendAsync(_stopping.Token);
            if (!await _keeper.FlushAsync(_stopping.Token))
                LogNoRoom(_logger);
            if (_time.GetUtcNow() >= _nextPull)
            {
                _nextPull = _time.GetUtcNow() + _options.Exchange.PullInterval;
                await _exchange.PullFromNextAsync(_stopping.Token);
            }
        }
        finally
        {
            Interlocked.Exchange(ref _tending, 0);
        }
    }

    private ConvergenceReceipt? Receipt(string id) =>
        _view.FindRecord(id) is { } record && record.Record.Seller == _network.Self
            ? new ConvergenceReceipt(
                id, record.Record.Version, record.Record.Withdrawn, record.Record.IssuedAt, record.Cid, _own.NodeOf(id),
                _receipts.HoldersOf(id, record.Record.Version))
            : null;

    private IEnumerable<Listing> OwnAnswers() => _own.All.Select(record => record.ToListing(_view.FindRecord(record.Id)?.Cid.ToString() ?? ""));

    private WhyReport ReportOn(ListingEntry entry, Judgement judged)
    {
        var record = entry.Record;
        List<PeerId> path = [];
        if (PeerId.TryParse(entry.Seller.Id, out var seller))
            path.Add(seller);
        if (entry.Raw?.From is { } from && !path.Contains(from))
            path.Add(from);
        return new WhyReport
        {
            Id = entry.Id,
            Key = ListingKey.Of(entry.Id),
            IsVisible = judged.IsShown,
            Trust = judged.Trust,
            Reasons = WhyReasons.Of(entry, judged, _time.GetUtcNow()),
            Version = record?.Record.Version,
            IsWithdrawn = record?.Record.Withdrawn ?? entry.Word is { Listing: null },
            Expires = record?.Record.ExpiresAt,
            Record = record?.Cid,
            Node = entry.Raw?.Node.ToCid(),
            Height = entry.Raw?.Height,
            BroadcastBy = entry.Raw?.From,
            LastGossip = entry.Raw?.SeenAt ?? entry.Word?.At,
            LastSeen = TrustRules.HeardAt(entry),
            IsContested = judged.Contested,
            Holders = record is null ? [] : _receipts.HoldersOf(entry.Id, record.Record.Version),
            PathScores = path.Select(peer => (peer, score: _options.PathScore(peer))).Where(pair => pair.score is not null)
                .ToDictionary(pair => pair.peer, pair => pair.score!.Value),
        };
    }
}
