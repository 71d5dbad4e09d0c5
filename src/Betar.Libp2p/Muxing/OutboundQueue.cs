using System.Buffers;
using System.Numerics;
using Betar.Libp2p.Buffers;
using Betar.Libp2p.Transports;

namespace Betar.Libp2p.Muxing;

/// <summary>
/// Joins the frames of many streams into few writes. Whoever comes first sends what is there, without waiting; what the link does not
/// take at once is sent on by a loop of the connection, while new frames gather. Each stream has a share of every batch.
/// </summary>
internal sealed class OutboundQueue(
    ILink link, YamuxOptions options, IMemoryBudget budget, TaskScheduler scheduler, TimeProvider time, Action<Exception> broken)
{
    /// <summary>The buffer that may be had whatever the budget says, so that a host whose memory others have taken does not fall silent.</summary>
    internal const int Unasked = 64 * 1024;

    /// <summary>What one write to the link carries at most: four full Noise messages.</summary>
    private const int MaxSlice = YamuxHeader.Size + YamuxOptions.MaxFramePayload;
    public const string QueueLimit = "streams.queued_bytes";
    private const int SmallestBuffer = 1024;
    private readonly Lock _gate = new();
    private readonly AsyncSignal _work = new();
    private List<YamuxStream> _waiting = [];
    private List<YamuxStream> _woken = [];
    private byte[] _pending = [];
    private int _pendingLength;
    private byte[] _batch = [];
    private int _batchLength;
    private int _batchSent;
    private long _pendingCharge;
    private long _batchCharge;
    private int _slice;
    private ValueTask _inFlight;
    private long _sendingSince;
    private bool _sending;
    private bool _closed;
    private readonly WaitList _drained = new();

    /// <summary>Counts the batches; a stream's share is counted anew in each.</summary>
    private long _number = 1;

    /// <summary>Nothing waits and nothing is under way.</summary>
    public bool IsDrained
    {
        get
        {
            lock (_gate)
                return _closed || (!_sending && _pendingLength == 0);
        }
    }

    /// <summary>How long the link has not taken what it was given.</summary>
    public TimeSpan StalledFor => Interlocked.Read(ref _sendingSince) is var since and not 0 ? time.GetElapsedTime(since) : TimeSpan.Zero;

    /// <summary>Puts a frame without payload behind all others.</summary>
    public void Append(in YamuxHeader header)
    {
        lock (_gate)
        {
            if (!_closed)
                header.Write(Take(YamuxHeader.Size));
        }
    }

    /// <summary>
    /// Takes as much of the payload as the stream's share and the queue allow. 0: the stream will be told when there is room again.
    /// </summary>
    public int AppendData(YamuxStream stream, YamuxFlags flags, ReadOnlySpan<byte> payload)
    {
        lock (_gate)
        {
            if (_closed)
                return payload.Length;
            var share = stream.BatchNumber == _number ? stream.BatchBytes : 0;
            var room = Math.Min(options.StreamShare - share, options.MaxQueuedBytes - _pendingLength - YamuxHeader.Size);
            var count = Math.Min(Math.Min(room, payload.Length), YamuxOptions.MaxFramePayload);
            if (count > 0 && !TryCharge(_pendingLength + YamuxHeader.Size + count))
                count = Math.Min(count, Paid - _pendingLength - YamuxHeader.Size);
            if (count <= 0)
            {
                if (options.MaxQueuedBytes - _pendingLength <= YamuxHeader.Size)
                    options.LimitHit(QueueLimit);
                if (stream.WaitsForBatch != _number)
                    _waiting.Add(stream);
                stream.WaitsForBatch = _number;
                return 0;
            }

            stream.BatchNumber = _number;
            stream.BatchBytes = share + count;
            var frame = Take(YamuxHeader.Size + count);
            new YamuxHeader(YamuxFrameType.Data, flags, stream.Id, (uint)count).Write(frame);
            payload[..count].CopyTo(frame[YamuxHeader.Size..]);
            return count;
        }
    }

    /// <summary>Sends what is there; never waits. Do not call it while holding a lock.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            if (_sending || _closed || _pendingLength == 0)
                return;
            _sending = true;
            Swap();
        }

        WakeWaiting();
        // Elsewhere the link's own waiting would end up on the caller's scheduler.
        if (TaskScheduler.Current == scheduler && SynchronizationContext.Current is null && TrySendAtOnce())
            return;
        _work.Set();
    }

    /// <summary>Ends when all that was appended has been given to the link, or the queue is closed.</summary>
    public Task DrainAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
            return IsDrained ? Task.CompletedTask : _drained.AddAsync(cancellationToken);
    }

    public void Close()
    {
        lock (_gate)
        {
            if (_closed)
                return;
            _closed = true;
            if (_pending.Length > 0)
                ArrayPool<byte>.Shared.Return(_pending);
            _pending = [];
            _pendingLength = 0;
            budget.Release(_pendingCharge + _batchCharge);
            _pendingCharge = _batchCharge = 0;
            _waiting.Clear();
        }

        _drained.WakeAll();
        _work.Set();
    }

    /// <summary>The loop that sends what could not be sent at once.</summary>
    public async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await _work.WaitAsync();
                if (_closed)
                    return;
                if (_slice > 0)
                {
                    var inFlight = _inFlight;
                    _inFlight = default;
                    await inFlight;
                    if (IsAllSent())
                        continue;
                }

                do
                {
                    Interlocked.Exchange(ref _sendingSince, Math.Max(1, time.GetTimestamp()));
                    await link.WriteAsync(NextSlice(), CancellationToken.None);
                }
                while (!IsAllSent());
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            broken(e);
        }
    }

    private bool TrySendAtOnce()
    {
        try
        {
            var sending = link.WriteAsync(NextSlice(), CancellationToken.None);
            if (!sending.IsCompletedSuccessfully)
            {
                Interlocked.Exchange(ref _sendingSince, Math.Max(1, time.GetTimestamp()));
                _inFlight = sending;
                return false;
            }

            // Done already; taking the result lets its source serve the next write.
            sending.GetAwaiter().GetResult();
            return IsAllSent();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            broken(e);
            return true;
        }
    }

    private ReadOnlyMemory<byte> NextSlice()
    {
        _slice = Math.Min(MaxSlice, _batchLength - _batchSent);
        return _batch.AsMemory(_batchSent, _slice);
    }

    /// <summary>Counts the slice as sent; when the batch is through, the next one starts. True: nothing is left.</summary>
    private bool IsAllSent()
    {
        Interlocked.Exchange(ref _sendingSince, 0);
        _batchSent += _slice;
        _slice = 0;
        if (_batchSent < _batchLength)
            return false;
        ArrayPool<byte>.Shared.Return(_batch);
        _batch = [];
        bool more;
        lock (_gate)
        {
            budget.Release(_batchCharge);
            _batchCharge = 0;
            more = !_closed && _pendingLength > 0;
            _sending = more;
            if (more)
                Swap();
        }

        if (more)
            WakeWaiting();
        else
            _drained.WakeAll();
        return !more;
    }

    private void Swap()
    {
        (_batch, _batchLength, _batchSent) = (_pending, _pendingLength, 0);
        (_pending, _pendingLength) = ([], 0);
        (_batchCharge, _pendingCharge) = (_pendingCharge, 0);
        (_waiting, _woken) = (_woken, _waiting);
        _number++;
    }

    private void WakeWaiting()
    {
        foreach (var stream in _woken)
            stream.OnRoom();
        _woken.Clear();
    }

    /// <summary>So much may be kept without asking the budget again.</summary>
    private int Paid => (int)Math.Max(Unasked, _pendingCharge);

    private int SizeFor(int needed) => Math.Max(Math.Max(needed, SmallestBuffer), _pending.Length * 2);

    /// <summary>Whether data may fill the buffer up to there. Frames without payload are few, and are put behind it without asking.</summary>
    private bool TryCharge(int needed)
    {
        if (needed <= Paid)
            return true;
        // The pool's arrays come in powers of two.
        var size = BitOperations.RoundUpToPowerOf2((uint)SizeFor(needed));
        if (!budget.TryReserve(size - _pendingCharge))
            return false;
        _pendingCharge = size;
        return true;
    }

    private Span<byte> Take(int length)
    {
        var needed = _pendingLength + length;
        if (needed > _pending.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(SizeFor(needed));
            _pending.AsSpan(0, _pendingLength).CopyTo(larger);
            if (_pending.Length > 0)
                ArrayPool<byte>.Shared.Return(_pending);
            _pending = larger;
        }

        var taken = _pending.AsSpan(_pendingLength, length);
        _pendingLength = needed;
        return taken;
    }
}
