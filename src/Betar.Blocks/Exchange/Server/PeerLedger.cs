using Betar.Libp2p.Multiformats;

namespace Betar.Blocks.Exchange.Server;

/// <summary>What one peer wants of us: blocks that are here in the order of their priority, and others that may come. Bounded by who adds.</summary>
internal sealed class PeerLedger
{
    private readonly Dictionary<Multihash, WantedBlock> _wants = [];
    private readonly Queue<WantedBlock> _absent = new();
    private readonly PriorityQueue<WantedBlock, (int Priority, long Number)> _ready = new();
    private int _readyCount;
    private long _number;

    public int Count => _wants.Count;

    /// <summary>There is something to send.</summary>
    public bool IsReady => _readyCount > 0;

    public bool HasAbsent => _wants.Count > _readyCount;

    /// <summary>Bytes sent, raised to those of the others when it comes back from having nothing to do: the least of all is served next.</summary>
    public long Served { get; set; }

    /// <summary>A message of blocks is on its way.</summary>
    public bool IsSending { get; set; }

    public long BlocksSent { get; set; }

    public long BytesSent { get; set; }

    /// <summary>Blocks that wait to be sent.</summary>
    public long PendingBytes { get; private set; }

    public bool Contains(Multihash hash) => _wants.ContainsKey(hash);

    public void Add(WantedBlock want, int priority, int limit)
    {
        Remove(want.Cid.Hash);
        _wants.Add(want.Cid.Hash, want);
        if (want.Length is not { } length)
        {
            Compact(_absent, limit);
            _absent.Enqueue(want);
            return;
        }

        if (_ready.Count >= 2 * limit)
            Rebuild();
        _ready.Enqueue(want, (-priority, _number++));
        _readyCount++;
        PendingBytes += length;
    }

    public void Remove(Multihash hash)
    {
        if (_wants.Remove(hash, out var want))
            Leave(want);
    }

    /// <summary>Makes room: of those that are not here the oldest is forgotten.</summary>
    public bool TryForgetAbsent()
    {
        while (_absent.TryDequeue(out var want))
        {
            if (want.IsGone)
                continue;
            Remove(want.Cid.Hash);
            return true;
        }

        return false;
    }

    /// <summary>A want whose block was not here.</summary>
    public WantedBlock? FindAbsent(Multihash hash) => _wants.GetValueOrDefault(hash) is { Length: null } want ? want : null;

    /// <summary>At least one, and more while they fit.</summary>
    public IReadOnlyList<WantedBlock> TakeReady(long bytes)
    {
        var batch = new List<WantedBlock>();
        while (_ready.TryPeek(out var want, out _))
        {
            if (!want.IsGone)
            {
                if (batch.Count > 0 && want.Length > bytes)
                    break;
                bytes -= want.Length!.Value;
                batch.Add(want);
                Remove(want.Cid.Hash);
            }

            _ready.Dequeue();
        }

        return batch;
    }

    public void Clear()
    {
        foreach (var want in _wants.Values)
            want.IsGone = true;
        _wants.Clear();
        _absent.Clear();
        _ready.Clear();
        (_readyCount, PendingBytes) = (0, 0);
    }

    private void Leave(WantedBlock want)
    {
        want.IsGone = true;
        if (want.Length is not { } length)
            return;
        _readyCount--;
        PendingBytes -= length;
    }

    // A peer that wants and cancels again and again leaves only marks behind, which must not pile up either.
    private static void Compact(Queue<WantedBlock> queue, int limit)
    {
        for (var left = queue.Count >= 2 * limit ? queue.Count : 0; left > 0; left--)
        {
            if (queue.Dequeue() is { IsGone: false } want)
                queue.Enqueue(want);
        }
    }

    private void Rebuild()
    {
        var live = _ready.UnorderedItems.Where(item => !item.Element.IsGone).ToList();
        _ready.Clear();
        _ready.EnqueueRange(live);
    }
}
