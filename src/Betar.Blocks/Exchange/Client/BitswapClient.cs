using Betar.Blocks.Diagnostics;
using Betar.Blocks.Exchange.Peers;
using Betar.Blocks.Exchange.Wire;
using Betar.Libp2p;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Scheduling;
using Microsoft.Extensions.Logging;

namespace Betar.Blocks.Exchange.Client;

/// <summary>Fetches blocks from peers. Wants are known by their hash, so that one fetch serves all names of the same bytes.</summary>
internal sealed partial class BitswapClient(
    PeerTable peers, BitswapOptions options, BlocksMeter meter, BackgroundWork work, TimeProvider time, Random random, ILogger logger, CancellationToken stopping)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Multihash, Want> _wants = [];
    private readonly AsyncGate _gate = new(options.MaxFetches, work.Scheduler);
    private bool _ticking;

    public int Fetching
    {
        get
        {
            lock (_lock)
                return _wants.Count;
        }
    }

    /// <summary>What is known of a peer, at one moment.</summary>
    public T Read<T>(BitswapPeer peer, Func<PeerStanding, T> read)
    {
        lock (_lock)
            return read(peer.Standing);
    }

    public async Task<FetchedBlock?> FetchAsync(Cid cid, IReadOnlyList<PeerId> likely, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var waiter = Join(cid, likely, create: false);
        if (waiter is null)
        {
            await _gate.EnterAsync(cancellationToken);
            waiter = Join(cid, likely, create: true)!;
        }

        using var registration = cancellationToken.UnsafeRegister(_ => GiveUp(waiter, cancellationToken), null);
        return await waiter.Source.Task;
    }

    public void Take(BitswapPeer from, IReadOnlyList<BlockPayload> blocks)
    {
        var length = blocks.Sum(block => (long)block.Data.Length);
        foreach (var block in blocks)
        {
            if (!IsExpected(from))
                continue;
            if (!CidPrefix.TryName(block.Prefix.Span, block.Data.Span, out var cid))
            {
                meter.Hit(BlocksLimit.BadName);
                continue;
            }

            BlocksInstruments.BlockReceived(block.Data.Length);
            Take(from, cid.Hash, block.Data, length);
        }
    }

    public void Take(BitswapPeer from, IReadOnlyList<BlockPresence> presences)
    {
        lock (_lock)
        {
            foreach (var presence in presences)
            {
                if (_wants.TryGetValue(presence.Cid.Hash, out var want))
                    want.OnPresence(from, presence.IsHere, time.GetUtcNow());
            }
        }
    }

    public void OnCame(BitswapPeer peer) => Each(want => want.OnCame(peer, time.GetUtcNow()));

    public void OnGone(BitswapPeer peer) => Each(want => want.OnGone(peer, time.GetUtcNow()));

    public void OnSpoke(BitswapPeer peer, bool able)
    {
        bool changed;
        lock (_lock)
        {
            changed = peer.Standing.IsUnable && able;
            peer.Standing.IsUnable = !able;
        }

        if (changed)
            OnCame(peer);
    }

    public void OnNotSent(BitswapPeer peer, Libp2pException error)
    {
        LogNotSent(logger, peer.Id, error.Code);
        lock (_lock)
        {
            if (error.Code == Libp2pError.UnknownProtocol)
                peer.Standing.IsUnable = true;
            else
                peer.Standing.Fail(time.GetUtcNow(), options);
        }

        Each(want => want.OnNotSent(peer, time.GetUtcNow()));
    }

    /// <summary>Nobody will answer any more: everybody who waits gets nothing.</summary>
    public void Stop()
    {
        Want[] wants;
        lock (_lock)
            wants = [.. _wants.Values];
        foreach (var want in wants)
            End(want, null, null);
    }

    private void Each(Action<Want> action)
    {
        lock (_lock)
        {
            foreach (var want in _wants.Values)
                action(want);
        }
    }

    private Waiter? Join(Cid cid, IReadOnlyList<PeerId> likely, bool create)
    {
        var leave = false;
        Waiter waiter;
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (_wants.TryGetValue(cid.Hash, out var want))
            {
                // Somebody was faster while this one waited for its place.
                leave = create;
            }
            else if (create)
            {
                want = new Want(cid, peers, options, meter, random, now);
                _wants.Add(cid.Hash, want);
                BlocksInstruments.FetchStarted();
            }
            else
            {
                return null;
            }

            waiter = new Waiter(cid, want, Completions.Create<FetchedBlock?>(work.Scheduler));
            want.Waiters.Add(waiter);
            want.AddLikely(likely);
            want.Drive(now);
            if (!_ticking && !stopping.IsCancellationRequested)
            {
                _ticking = true;
                work.Run(TickAsync);
            }
        }

        if (leave)
            _gate.Leave();
        if (stopping.IsCancellationRequested)
            End(waiter.Want, null, null);
        return waiter;
    }

    private void GiveUp(Waiter waiter, CancellationToken cancellationToken)
    {
        bool last;
        lock (_lock)
        {
            if (!waiter.Want.Waiters.Remove(waiter))
                return;
            last = waiter.Want.Waiters.Count == 0;
        }

        if (last)
            End(waiter.Want, null, null);
        waiter.Source.TrySetCanceled(cancellationToken);
    }

    // Bytes that nobody can have asked this peer for are not even hashed.
    private bool IsExpected(BitswapPeer from)
    {
        lock (_lock)
        {
            if (from.Standing.Asked > 0)
                return true;
            from.Standing.Unrequested++;
        }

        meter.Hit(BlocksLimit.Unrequested);
        return false;
    }

    private void Take(BitswapPeer from, Multihash hash, ReadOnlyMemory<byte> data, long together)
    {
        Want? want;
        lock (_lock)
        {
            if (_wants.TryGetValue(hash, out want))
                from.Standing.Deliver(time.GetUtcNow());
            else
                from.Standing.Unrequested++;
        }

        if (want is null)
            meter.Hit(BlocksLimit.Unrequested);
        else
            // A small block must not keep the whole message alive.
            End(want, from, data.Length * 2L < together ? data.ToArray() : data);
    }

    private void End(Want want, BitswapPeer? sender, ReadOnlyMemory<byte>? data)
    {
        Waiter[] waiters;
        lock (_lock)
        {
            if (_wants.GetValueOrDefault(want.Cid.Hash) != want)
                return;
            _wants.Remove(want.Cid.Hash);
            waiters = [.. want.Waiters];
            want.Waiters.Clear();
            want.End(sender);
        }

        BlocksInstruments.FetchEnded();
        _gate.Leave();
        foreach (var waiter in waiters)
            waiter.Source.TrySetResult(data is { } bytes ? new FetchedBlock(new Block(waiter.Cid, bytes), sender!.Id) : null);
    }

    /// <summary>Runs while anything is being fetched.</summary>
    private async Task TickAsync()
    {
        while (true)
        {
            await Task.Delay(options.Tick, time, stopping);
            List<Want> over = [];
            lock (_lock)
            {
                if (_wants.Count == 0)
                {
                    _ticking = false;
                    return;
                }

                var now = time.GetUtcNow();
                foreach (var want in _wants.Values)
                {
                    if (want.IsOver(now))
                        over.Add(want);
                    else
                        want.Drive(now);
                }
            }

            foreach (var want in over)
            {
                meter.Hit(BlocksLimit.FetchTimeout);
                End(want, null, null);
            }
        }
    }
}
