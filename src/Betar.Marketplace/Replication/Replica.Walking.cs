using Betar.Blocks;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Scheduling;
using Betar.Marketplace.Replication.Graph;
using Betar.Marketplace.Replication.Sets;
using Betar.Marketplace.Replication.Walking;
using Betar.Marketplace.Replication.Wire;

namespace Betar.Marketplace.Replication;

public sealed partial class Replica
{
    private const int MostLanes = 4096;

    private readonly List<(Want Want, Block? Block)> _arrived = [];
    private readonly Dictionary<PeerId, DateTimeOffset> _barredUntil = [];
    private ITimer? _pumpTimer;
    private int _inFlight;

    /// <summary>Asks for as much as may be asked for now.</summary>
    private Task PumpAsync()
    {
        var now = _time.GetUtcNow();
        while (_inFlight < _options.MaxFetches && !_stopping.IsCancellationRequested && _wants.Next(now, _options.MaxFetches - _inFlight) is { } want)
        {
            _inFlight++;
            _ = _work.Start(() => FetchAsync(want));
        }

        if (_inFlight < _options.MaxFetches && _wants.UntilNext(now) is { } wait && !_stopping.IsCancellationRequested)
        {
            _pumpTimer ??= _time.CreateTimer(_ => _work.Post(PumpAsync), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _pumpTimer.Change(wait < MinPause ? MinPause : wait, Timeout.InfiniteTimeSpan);
        }

        NoteProgress();
        return Task.CompletedTask;
    }

    private static readonly TimeSpan MinPause = TimeSpan.FromMilliseconds(10);

    private async Task FetchAsync(Want want)
    {
        Block? block = null;
        try
        {
            using var deadline = new Deadline(_options.FetchTimeout, _time, _stopping.Token);
            block = await _parts.Source.FetchAsync(want.Id.ToCid(), want.Likely, deadline.Token);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            LogFetchFailed(_logger, error);
        }
        finally
        {
            bool first;
            lock (_arrived)
            {
                first = _arrived.Count == 0;
                _arrived.Add((want, block));
            }

            // Those who arrive before the turn comes are taken with it.
            if (first)
                _work.Post(TakeArrivedAsync);
        }
    }

    private async Task TakeArrivedAsync()
    {
        (Want Want, Block? Block)[] arrived;
        lock (_arrived)
        {
            arrived = [.. _arrived];
            _arrived.Clear();
        }

        _inFlight -= arrived.Length;
        var now = _time.GetUtcNow();
        foreach (var (want, _) in arrived)
            _wants.Landed(want);
        var taken = false;
        try
        {
            await GuardAsync(async () =>
            {
                foreach (var (want, block) in arrived)
                {
                    if (block is null)
                        await MissAsync(want, now);
                    else
                        await TakeAsync(want, block, now);
                }

                await FinishAsync();
            });
            taken = true;
        }
        finally
        {
            if (!taken)
                await WantAgainAsync([.. arrived.Select(arrival => arrival.Want)], now);
            await PumpAsync();
        }
    }

    /// <summary>What came when the disk failed is not here.</summary>
    private async Task WantAgainAsync(IReadOnlyList<Want> wants, DateTimeOffset now)
    {
        foreach (var want in wants)
        {
            _wants.Remove(want.Id, now);
            if (want is { IsHead: true, Teller: { } teller, Sender: { } sender } && !await _intake.KnowsAsync(want.Id))
                _wants.TryAddHead(want.Id, teller, sender, now);
        }

        WantMissing([]);
    }

    private async Task TakeAsync(Want want, Block block, DateTimeOffset now)
    {
        var node = NodeCodec.Decode(want.Id, block.Data);
        if (want.Teller is { } teller)
            _wants.Spend(teller, 0, block.Data.Length, now);
        _wants.Remove(want.Id, now);
        var origin = new NodeOrigin(want.IsHead ? want.Teller : null, false, now);
        await TakeAsync(node, origin, want.Teller, want.Likely);
        if (_intake.Loose.Contains(node.Id))
            AskForPages(want.Likely);
    }

    private async Task<bool> TakeAsync(ReplicaNode node, NodeOrigin origin, PeerId? teller, IReadOnlyList<PeerId> likely)
    {
        var result = await _intake.TakeAsync(node, origin, teller);
        if (result == TakeResult.NoRoom && _intake.MakeRoom() is { } dropped)
        {
            Bar(dropped);
            WantMissing([]);
            result = dropped == teller ? result : await _intake.TakeAsync(node, origin, teller);
        }

        if (result is TakeResult.NoRoom or TakeResult.OverShare && teller is { } refused)
        {
            _intake.Drop(refused);
            Bar(refused);
            WantMissing([]);
        }

        if (result != TakeResult.Taken || !_intake.Loose.Contains(node.Id))
            return result is TakeResult.Taken or TakeResult.Known;
        foreach (var parent in node.Parents)
        {
            if (!await _intake.KnowsAsync(parent) && !_intake.Absent.Contains(parent))
                _wants.AddParent(parent, teller, likely, node.Priority, _time.GetUtcNow());
        }

        return true;
    }

    private async Task MissAsync(Want want, DateTimeOffset now)
    {
        ReplicaInstruments.FetchFailed();
        var late = now - want.Since >= _options.GiveUpAfter;
        if (want.Teller is null && !_intake.Loose.IsWaitedFor(want.Id) ? want.Attempts > 0 : late)
        {
            // A head that nobody has is forgotten; what something stands on is counted as absent until it comes.
            _wants.Remove(want.Id, now);
            await _intake.GiveUpAsync(want.Id);
            return;
        }

        if (_wants.Contains(want.Id))
            _wants.Rest(want, now);
    }

    /// <summary>Makes a run of nodes durable and, when one changes the past, makes everything anew.</summary>
    private async Task FinishAsync()
    {
        await _intake.CommitAsync();
        if (!_intake.NeedsRebuild)
            return;
        LogRebuild(_logger, _intake.Settled);
        await RebuildAsync();
    }

    private async Task RebuildAsync()
    {
        await _intake.RebuildAsync();
        foreach (var key in _shown.Keys)
            _intake.Set.Touched.Add(key);
        Publish();
        WantMissing([]);
    }

    /// <summary>Asks once more for everything that nobody had, and looks once more at what found no room.</summary>
    private async Task RepairAsync()
    {
        var now = _time.GetUtcNow();
        foreach (var peer in _barredUntil.Where(bar => bar.Value <= now).Select(bar => bar.Key).ToList())
            _barredUntil.Remove(peer);
        foreach (var id in _intake.Absent.Order())
            _wants.AddParent(id, null, _topic?.Peers ?? [], 0, now);
        _wants.ForgetIdleLanes(MostLanes);
        await PumpAsync();
        await GuardAsync(async () => await _intake.JudgeAgainAsync());
    }

    private void WantMissing(IReadOnlyList<PeerId> likely)
    {
        foreach (var id in _intake.Loose.Missing.Order().ToList())
            _wants.AddParent(id, _intake.Loose.TellerOf(id), likely, _intake.Loose.RankOf(id), _time.GetUtcNow());
    }

    private void Bar(PeerId peer)
    {
        LogDropped(_logger, peer);
        _wants.Drop(peer, _time.GetUtcNow());
        _barredUntil[peer] = _time.GetUtcNow() + _options.RepairInterval;
    }

    private bool IsBarred(PeerId peer, DateTimeOffset now) => _barredUntil.TryGetValue(peer, out var until) && until > now;

    /// <summary>When something fails on the way, memory is not what the store has: it is read again.</summary>
    private async Task GuardAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch
        {
            await LoadAsync();
            throw;
        }
    }
}
