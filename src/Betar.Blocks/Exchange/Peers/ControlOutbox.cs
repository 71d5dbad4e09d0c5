using Betar.Blocks.Diagnostics;
using Betar.Blocks.Exchange.Wire;
using Betar.Libp2p;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Scheduling;

namespace Betar.Blocks.Exchange.Peers;

/// <summary>
/// Wants, cancels and presences on their way to a peer. What is added while a message is being sent goes with the next one; of several words about one
/// block the last counts. Never waits.
/// </summary>
internal sealed class ControlOutbox(MessageSink sink, BitswapOptions options, BlocksMeter meter, BackgroundWork work, Action<Libp2pException> failed, CancellationToken gone)
{
    private const int EntriesPerMessage = 1024;

    private readonly Lock _lock = new();
    private Dictionary<Cid, WantEntry> _wants = [];
    private Dictionary<Cid, BlockPresence> _presences = [];
    private bool _running;

    public void Add(WantEntry entry)
    {
        lock (_lock)
        {
            _wants[entry.Cid] = entry;
            Start();
        }
    }

    public void Add(BlockPresence presence)
    {
        lock (_lock)
        {
            // A peer that asks and does not read is not remembered without end.
            if (_presences.Count >= options.MaxWantsPerPeer && !_presences.ContainsKey(presence.Cid))
            {
                meter.Hit(BlocksLimit.PendingPresences);
                return;
            }

            _presences[presence.Cid] = presence;
            Start();
        }
    }

    private void Start()
    {
        if (_running || gone.IsCancellationRequested)
            return;
        _running = true;
        work.Run(RunAsync);
    }

    private async Task RunAsync()
    {
        try
        {
            while (Next() is { } message)
            {
                await sink.SendAsync(message, gone);
                BlocksInstruments.WantSent(message.Wants.Count);
            }

            await sink.EndAsync(gone);
        }
        catch (Libp2pException error)
        {
            Drop();
            if (error.Code == Libp2pError.Timeout)
                meter.Hit(BlocksLimit.SendTimeout);
            failed(error);
        }
        finally
        {
            Stop();
        }
    }

    private BitswapMessage? Next()
    {
        lock (_lock)
        {
            if (_wants.Count == 0 && _presences.Count == 0)
                return null;
            return new BitswapMessage { Wants = Take(ref _wants), Presences = Take(ref _presences) };
        }
    }

    private static T[] Take<T>(ref Dictionary<Cid, T> pending)
    {
        T[] taken = [.. pending.Values.Take(EntriesPerMessage)];
        if (taken.Length == pending.Count)
            pending = [];
        else
            pending = pending.Skip(EntriesPerMessage).ToDictionary();
        return taken;
    }

    private void Drop()
    {
        lock (_lock)
        {
            _wants = [];
            _presences = [];
        }
    }

    private void Stop()
    {
        lock (_lock)
        {
            _running = false;
            // Something may have been added after the last look.
            if (_wants.Count > 0 || _presences.Count > 0)
                Start();
        }
    }
}
