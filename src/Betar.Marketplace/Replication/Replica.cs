using System.Collections.Concurrent;
using Betar.Blocks.Exchange;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.PubSub;
using Betar.Marketplace.Replication.Graph;
using Betar.Marketplace.Replication.Sets;
using Betar.Marketplace.Replication.Walking;
using Betar.Marketplace.Replication.Wire;
using Microsoft.Extensions.Logging;

namespace Betar.Marketplace.Replication;

/// <summary>
/// One replica of the set: hears of heads, fetches what they stand on, settles it, writes, and tells its own heads. What changes it runs one
/// piece after the other; reading waits for nobody.
/// </summary>
public sealed partial class Replica : IReplica, IReplicaFacts, IAsyncDisposable
{
    private readonly ReplicaParts _parts;
    private readonly ReplicaOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SerialWork _work;
    private readonly Intake _intake;
    private readonly WantList _wants;
    private readonly Sightings _sightings;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<string, Winner> _shown = new(StringComparer.Ordinal);
    private volatile ReplicaProgress _progress = new(0, 0, 0, 0, 0, 0);
    private volatile IReadOnlyList<Cid> _heads = [];
    private int _disposed;

    private Replica(ReplicaParts parts)
    {
        parts.Options.ThrowIfFaulty();
        (_parts, _options, _time) = (parts, parts.Options, parts.Time);
        _logger = parts.Loggers.CreateLogger<Replica>();
        _work = new SerialWork(parts.Scheduler, error => LogFault(_logger, error));
        _intake = new Intake(_options, parts.Policy, parts.Store) { Committed = OnCommitted };
        _wants = new WantList(_options);
        _sightings = new Sightings(_options.MaxSightingPeers);
    }

    public event EventHandler<ReplicaChangedEventArgs>? Changed;

    public IReadOnlyList<ReplicaEntry> Entries => [.. _shown.Select(shown => EntryOf(shown.Key, shown.Value))];

    public IReadOnlyList<Cid> Heads => _heads;

    public IReadOnlyList<HeadSighting> Sightings => _sightings.All;

    public IReadOnlyDictionary<PeerId, DateTimeOffset> LastGossip => _sightings.Last;

    public ReplicaProgress Progress => _progress;

    /// <summary>Begins where the store stands, and takes part in the topic.</summary>
    public static async ValueTask<Replica> OpenAsync(ReplicaParts parts, CancellationToken cancellationToken)
    {
        var replica = new Replica(parts);
        await replica._work.RunAsync(async () =>
        {
            await replica.LoadAsync();
            return true;
        });
        cancellationToken.ThrowIfCancellationRequested();
        replica.Join();
        return replica;
    }

    public ReplicaEntry? Find(string key) => _shown.TryGetValue(key, out var winner) ? EntryOf(key, winner) : null;

    public async ValueTask<IReadOnlyList<QuarantinedEntry>> QuarantinedAsync(string key) => await _work.RunAsync(() => Task.FromResult<IReadOnlyList<QuarantinedEntry>>(
        [.. _intake.Set.Quarantine.Of(key).Select(row => new QuarantinedEntry(row.Key, row.Node.ToCid(), row.Reason))]));

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        _stopping.Cancel();
        await LeaveAsync();
        await _work.CloseAsync();
        _stopping.Dispose();
    }

    private async Task LoadAsync()
    {
        await _intake.LoadAsync();
        foreach (var key in _intake.Set.Keys)
            _intake.Set.Touched.Add(key);
        foreach (var key in _shown.Keys)
            _intake.Set.Touched.Add(key);
        Publish();
        WantMissing([]);
    }

    private void OnCommitted(IReadOnlyCollection<NodeId> kept)
    {
        Publish();
        if (_parts.Announcer is { } announcer && kept.Count > 0)
            _work.Post(() => AnnounceAsync(announcer, [.. kept.Select(id => id.ToCid())]));
    }

    /// <summary>A head is passed on before its node is here: who heard it from us waits for us.</summary>
    private async Task AnnounceAsync(IBlockAnnouncer announcer, IReadOnlyList<Cid> kept)
    {
        try
        {
            await announcer.AnnounceAsync(kept, _stopping.Token);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            LogAnnounceFailed(_logger, error);
        }
    }

    /// <summary>Makes what was committed visible.</summary>
    private void Publish()
    {
        _heads = [.. _intake.Heads.Select(head => head.ToCid())];
        var touched = _intake.Set.Touched.Concat(_intake.LooseValues.Touched).Distinct(StringComparer.Ordinal).ToList();
        _intake.Set.Touched.Clear();
        _intake.LooseValues.Touched.Clear();
        foreach (var key in touched)
            Publish(key);
        NoteProgress();
    }

    private void Publish(string key)
    {
        var winner = WinnerOf(key);
        var before = _shown.GetValueOrDefault(key);
        if (winner is null ? before is null : before is not null && winner.Node == before.Node && winner.Height == before.Height
            && winner.Value.Span.SequenceEqual(before.Value.Span))
        {
            return;
        }

        if (winner is null)
            _shown.TryRemove(key, out _);
        else
            _shown[key] = winner;
        try
        {
            Changed?.Invoke(this, new ReplicaChangedEventArgs(key, winner is null ? null : EntryOf(key, winner)));
        }
        catch (Exception error)
        {
            LogHandlerFailed(_logger, error);
        }
    }

    /// <summary>What is settled counts before what is loose.</summary>
    private Winner? WinnerOf(string key) => _intake.Set.Find(key) ?? _intake.LooseValues.Find(key)?.ToWinner();

    /// <summary>Made for each who asks: what is kept for each key is the writing alone.</summary>
    private static ReplicaEntry EntryOf(string key, Winner winner) =>
        new(key, winner.Value, winner.Height, winner.Node.ToCid(), winner.Origin.FirstFrom, winner.Origin.IsOwn, winner.Origin.SeenAt);

    private void NoteProgress() => _progress = new(
        _intake.Settled, _intake.Loose.Count, _wants.Count, _intake.Absent.Count, _intake.Bytes, _intake.Height);
}
