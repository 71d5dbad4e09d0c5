using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Scheduling;
using Betar.Marketplace.Replication.Sets;
using Betar.Marketplace.Replication.Syncing;
using Betar.Marketplace.Replication.Wire;

namespace Betar.Marketplace.Replication;

public sealed partial class Replica
{
    /// <summary>Nodes of a page that are settled in one turn, so that others get theirs between.</summary>
    private const int NodesPerTurn = 512;

    private const int MostHolderSteps = 16_384;
    private const int MostCursors = 1024;

    private readonly Dictionary<PeerId, SyncCursor> _cursors = [];
    private bool _isCaughtUp;
    private bool _isAsking;
    private int _serving;

    /// <summary>Answers a request of the bulk protocol; empty: it is none, or too many are being answered.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> AnswerSyncAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        if (SyncCodec.DecodeRequest(request.Span) is not { } asked)
            return default;
        if (Interlocked.Increment(ref _serving) > _options.MaxSyncServed)
        {
            Interlocked.Decrement(ref _serving);
            ReplicaInstruments.LimitHit(nameof(ReplicaOptions.MaxSyncServed));
            return default;
        }

        try
        {
            var epoch = _intake.Epoch;
            var after = asked.Epoch == epoch ? asked.After : await PlaceOfAsync(asked.Heads, cancellationToken);
            var rows = await _parts.Store.ReadAsync(after, Math.Min(asked.MaxBytes, _options.SyncPageBytes), cancellationToken);
            var last = rows.Count == 0 ? after : rows[^1].Sequence;
            return SyncCodec.Encode(new SyncPage(epoch, last, rows.Count > 0 && last < _progress.Settled, [.. rows.Select(row => row.Data)]));
        }
        finally
        {
            Interlocked.Decrement(ref _serving);
        }
    }

    public async ValueTask<IReadOnlyList<HeadSighting>> HoldersAsync(Cid node, CancellationToken cancellationToken)
    {
        if (!NodeId.TryFrom(node, out var wanted) || await _parts.Store.FindHeaderAsync(wanted, cancellationToken) is not { } row)
            return [];
        var above = new Dictionary<NodeId, bool>();
        var holders = new Dictionary<PeerId, HeadSighting>();
        var steps = MostHolderSteps;
        foreach (var sighting in Sightings.Where(sighting => !holders.ContainsKey(sighting.Peer)))
        {
            if (NodeId.TryFrom(sighting.Head, out var head) && await StandsOnAsync(head))
                holders.Add(sighting.Peer, sighting);
        }

        return [.. holders.Values];

        async ValueTask<bool> StandsOnAsync(NodeId head)
        {
            if (head == wanted)
                return true;
            var open = new Stack<NodeId>([head]);
            var seen = new HashSet<NodeId> { head };
            var found = false;
            while (!found && open.TryPop(out var id) && steps-- > 0)
            {
                if (above.TryGetValue(id, out var known))
                {
                    found = known;
                    continue;
                }

                if (await _parts.Store.FindAsync(id, cancellationToken) is not { } at || (row.IsSettled && at.IsSettled && at.Height <= row.Height))
                    continue;
                foreach (var parent in NodeCodec.Decode(id, at.Data).Parents)
                {
                    found |= parent == wanted;
                    if (seen.Add(parent))
                        open.Push(parent);
                }
            }

            return above[head] = found;
        }
    }

    /// <summary>Where somebody with these heads is in our order: everything before the first of them is surely there.</summary>
    private async ValueTask<long> PlaceOfAsync(IReadOnlyList<NodeId> heads, CancellationToken cancellationToken)
    {
        long? place = null;
        foreach (var head in heads)
        {
            if (await _parts.Store.FindHeaderAsync(head, cancellationToken) is { IsSettled: true } row && (place is null || row.Sequence < place))
                place = row.Sequence;
        }

        return place ?? 0;
    }

    private void AskForPages(IReadOnlyList<PeerId> peers)
    {
        foreach (var peer in peers)
            AskForPages(peer);
    }

    private void AskForPages(PeerId peer)
    {
        var now = _time.GetUtcNow();
        if (_parts.Exchange is null || _isAsking || _stopping.IsCancellationRequested || IsBarred(peer, now)
            || (_cursors.TryGetValue(peer, out var cursor) && cursor.NotBefore > now))
        {
            return;
        }

        if (_cursors.Count >= MostCursors)
            _cursors.Clear();
        cursor ??= _cursors[peer] = new SyncCursor();
        cursor.NotBefore = now + _options.SyncInterval;
        _isAsking = true;
        _ = _work.Start(() => AskAsync(peer, cursor));
    }

    private async Task AskAsync(PeerId peer, SyncCursor cursor)
    {
        try
        {
            while (!_stopping.IsCancellationRequested && await AskOnceAsync(peer, cursor) is { } page && await TakePageAsync(peer, cursor, page))
            {
            }
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or ObjectDisposedException)
        {
            LogSyncFailed(_logger, peer, error);
        }
        finally
        {
            _work.Post(() =>
            {
                _isAsking = false;
                return PumpAsync();
            });
        }
    }

    private async Task<SyncPage?> AskOnceAsync(PeerId peer, SyncCursor cursor)
    {
        var request = await _work.RunAsync(() => Task.FromResult(new SyncRequest(cursor.Epoch, cursor.After, [.. _intake.Heads.Take(SyncCodec.MostHeads)], _options.SyncPageBytes)));
        using var deadline = new Deadline(_options.SyncTimeout, _time, _stopping.Token);
        var answer = await _parts.Exchange!.AskAsync(peer, SyncCodec.Encode(request), deadline.Token);
        return answer is { } bytes && bytes.Length <= _options.SyncPageBytes + (2 * _options.MaxNodeBytes) ? SyncCodec.DecodePage(bytes) : null;
    }

    /// <summary>Nodes of a page are taken as if the peer had told each as a head: they count against its word. True: there is more to be had.</summary>
    private async Task<bool> TakePageAsync(PeerId peer, SyncCursor cursor, SyncPage page)
    {
        foreach (var part in page.Nodes.Chunk(NodesPerTurn))
        {
            if (!await _work.RunAsync(() => TakePartAsync(peer, part)))
                return false;
        }

        (cursor.Epoch, cursor.After) = (page.Epoch, page.Last);
        if (!page.HasMore || page.Nodes.Count == 0)
        {
            await _work.RunAsync(() => Task.FromResult(_isCaughtUp = true));
            return false;
        }

        var wait = await _work.RunAsync(() => Task.FromResult(_wants.Until(peer, _time.GetUtcNow())));
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, _time, _stopping.Token);
        return true;
    }

    private async Task<bool> TakePartAsync(PeerId peer, ReadOnlyMemory<byte>[] part)
    {
        var now = _time.GetUtcNow();
        var room = true;
        await GuardAsync(async () =>
        {
            foreach (var bytes in part)
            {
                // A copy, so that one small node does not hold the whole page.
                var node = NodeCodec.Decode(bytes.ToArray());
                _wants.Spend(peer, 1, bytes.Length, now);
                var first = _wants.Find(node.Id) is { IsHead: true } want ? want.Teller : null;
                _wants.Remove(node.Id, now);
                room = await TakeAsync(node, new NodeOrigin(first, false, now), peer, [peer]);
                if (!room)
                    break;
            }

            await FinishAsync();
        });
        return room;
    }
}
