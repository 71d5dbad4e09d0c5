using Betar.Blocks.Diagnostics;
using Betar.Blocks.Exchange.Peers;
using Betar.Blocks.Exchange.Wire;
using Betar.Libp2p;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Scheduling;
using Microsoft.Extensions.Logging;

namespace Betar.Blocks.Exchange.Server;

/// <summary>
/// Gives peers what they want of what is published. Each gets one message of blocks at a time; when not all can be served at once, it is the turn of
/// the one that has got the fewest bytes.
/// </summary>
internal sealed partial class BitswapServer(
    IPublishedBlocks published, PeerTable peers, BitswapOptions options, BlocksMeter meter, BackgroundWork work, ILogger logger)
{
    private readonly Lock _lock = new();
    private long _outstanding;
    private long _clock;
    private long _announcements;

    /// <summary>Takes a peer's list. Returns when every want has its place, so that who floods is read more slowly.</summary>
    public async Task TakeAsync(BitswapPeer peer, BitswapMessage message, CancellationToken cancellationToken)
    {
        if (message.Full)
        {
            lock (_lock)
                peer.Ledger.Clear();
        }

        BlocksInstruments.WantReceived(message.Wants.Count);
        foreach (var want in message.Wants)
        {
            // Who names bytes by themselves has them.
            if (want.Cid.Hash.Code == MultihashCode.Identity)
                continue;
            while (!TryTake(peer, want, Volatile.Read(ref _announcements), want.Cancel ? null : await LengthAsync(want.Cid, cancellationToken)))
            {
                // Something was announced in between, and it may have been this.
            }
        }

        Dispatch();
    }

    /// <summary>Blocks are here that were not; who waits for one gets it.</summary>
    public async Task AnnounceAsync(IReadOnlyList<Cid> cids, CancellationToken cancellationToken)
    {
        lock (_lock)
            _announcements++;
        foreach (var cid in cids)
        {
            BitswapPeer[] waiting;
            lock (_lock)
                waiting = [.. peers.All.Where(peer => peer.Ledger.FindAbsent(cid.Hash) is not null)];
            if (waiting.Length == 0 || await LengthAsync(cid, cancellationToken) is not { } length)
                continue;
            lock (_lock)
            {
                foreach (var peer in waiting)
                {
                    if (peer.Ledger.FindAbsent(cid.Hash) is not { } want)
                        continue;
                    peer.Ledger.Remove(cid.Hash);
                    Take(peer, new WantEntry(want.Cid, want.OnlyHave ? WantType.Have : WantType.Block, want.SendDontHave), length);
                }
            }
        }

        Dispatch();
    }

    public void Forget(BitswapPeer peer)
    {
        lock (_lock)
            peer.Ledger.Clear();
    }

    private async ValueTask<int?> LengthAsync(Cid cid, CancellationToken cancellationToken) =>
        await published.LengthAsync(cid, cancellationToken) is { } length && length <= options.MaxBlockBytes ? length : null;

    private bool TryTake(BitswapPeer peer, WantEntry want, long announcements, int? length)
    {
        lock (_lock)
        {
            if (want.Cancel || peer.Gone.IsCancellationRequested)
                peer.Ledger.Remove(want.Cid.Hash);
            else if (length is null && announcements != _announcements)
                return false;
            else
                Take(peer, want, length);
            return true;
        }
    }

    private void Take(BitswapPeer peer, WantEntry want, int? length)
    {
        var onlyHave = want.Type == WantType.Have;
        if (onlyHave && length > options.HaveReplaceBytes)
        {
            peer.Control.Add(new BlockPresence(want.Cid, true));
            return;
        }

        var ledger = peer.Ledger;
        var wasReady = ledger.IsReady;
        var fits = ledger.Count < options.MaxWantsPerPeer || ledger.Contains(want.Cid.Hash);
        if (!fits)
        {
            meter.Hit(BlocksLimit.WantsPerPeer);
            fits = ledger.TryForgetAbsent();
        }

        if (fits)
            ledger.Add(new WantedBlock(want.Cid, length, onlyHave, want.SendDontHave), want.Priority, options.MaxWantsPerPeer);
        if (want.SendDontHave && (length is null || !fits))
            peer.Control.Add(new BlockPresence(want.Cid, false));
        if (!wasReady && ledger.IsReady)
            ledger.Served = Math.Max(ledger.Served, _clock);
    }

    private void Dispatch()
    {
        lock (_lock)
        {
            while (_outstanding < options.MaxOutstandingBytes && Next() is { } peer)
            {
                var ledger = peer.Ledger;
                _clock = ledger.Served;
                var batch = ledger.TakeReady(Math.Min(options.TargetMessageBytes, options.MaxOutstandingBytesPerPeer));
                var bytes = batch.Sum(want => (long)want.Length!.Value);
                ledger.IsSending = true;
                ledger.Served += bytes;
                _outstanding += bytes;
                work.Run(() => SendAsync(peer, batch, bytes));
            }
        }
    }

    private BitswapPeer? Next() => peers.All.Where(peer => peer.Ledger is { IsReady: true, IsSending: false }).MinBy(peer => peer.Ledger.Served);

    private async Task SendAsync(BitswapPeer peer, IReadOnlyList<WantedBlock> batch, long bytes)
    {
        var cancellationToken = peer.Gone;
        try
        {
            var blocks = new List<BlockPayload>();
            foreach (var want in batch)
            {
                if (await published.FindAsync(want.Cid, cancellationToken) is { } data)
                    blocks.Add(new BlockPayload(CidPrefix.Of(want.Cid), data));
                else if (want.SendDontHave)
                    peer.Control.Add(new BlockPresence(want.Cid, false));
            }

            if (blocks.Count > 0)
                await peer.Blocks.SendAsync(new BitswapMessage { Blocks = blocks, PendingBytes = Pending(peer) }, cancellationToken);
            if (Sent(peer, blocks))
                await peer.Blocks.EndAsync(cancellationToken);
        }
        catch (Libp2pException error)
        {
            if (error.Code == Libp2pError.Timeout)
                meter.Hit(BlocksLimit.SendTimeout);
            LogNotSent(logger, peer.Id, error.Code);
            Forget(peer);
        }
        finally
        {
            lock (_lock)
            {
                _outstanding -= bytes;
                peer.Ledger.IsSending = false;
            }

            Dispatch();
        }
    }

    private int Pending(BitswapPeer peer)
    {
        lock (_lock)
            return (int)Math.Min(peer.Ledger.PendingBytes, int.MaxValue);
    }

    /// <returns>There is nothing more to send for now.</returns>
    private bool Sent(BitswapPeer peer, List<BlockPayload> blocks)
    {
        foreach (var block in blocks)
            BlocksInstruments.BlockSent(block.Data.Length);
        lock (_lock)
        {
            peer.Ledger.BlocksSent += blocks.Count;
            peer.Ledger.BytesSent += blocks.Sum(block => (long)block.Data.Length);
            return !peer.Ledger.IsReady;
        }
    }
}
