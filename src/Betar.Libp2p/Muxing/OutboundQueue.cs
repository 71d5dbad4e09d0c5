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

    /// <summary>A stream's share does not become smaller than this, however many wait: a full Noise message.</summary>
    private const int SmallestShare = SendBuffer.SegmentSize;

    public const string QueueLimit = "streams.queued_bytes";
    /// <summary>Segments that are sent in one go.</summary>
    private const int Turn = 4;

    private readonly Lock _gate = new();
    private readonly AsyncSignal _work = new();
    private List<YamuxStream> _waiting = [];
    private List<YamuxStream> _woken = [];
    private SendBuffer _pending = new();
    private SendBuffer _batch = new();
    private long _pendingCharge;
    private long _batchCharge;
    private int _share = options.StreamShare;
    private ValueTask? _inFlight;
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
                return _closed || (!_sending && _pending.Length == 0);
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
                Put(header);
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
            var room = Math.Min(_share - share, options.MaxQueuedBytes - _pending.Length - YamuxHeader.Size);
            var count = Math.Min(Math.Min(room, payload.Length), YamuxOptions.MaxFramePayload);
            if (count > 0 && !TryCharge(_pending.Length + YamuxHeader.Size + count))
                count = (int)Math.Min(count, SendBuffer.Fitting(Paid) - _pending.Length - YamuxHeader.Size);
            if (count <= 0)
            {
                if (options.MaxQueuedBytes - _pending.Length <= YamuxHeader.Size)
                    options.LimitHit(QueueLimit);
                if (stream.WaitsForBatch != _number)
                    _waiting.Add(stream);
                stream.WaitsForBatch = _number;
                return 0;
            }

            stream.BatchNumber = _number;
            stream.BatchBytes = share + count;
            Put(new YamuxHeader(YamuxFrameType.Data, flags, stream.Id, (uint)count));
            _pending.Write(payload[..count]);
            return count;
        }
    }

    /// <summary>Sends what is there; never waits. Do not call it while holding a lock.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            if (_sending || _closed || _pending.Length == 0)
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
            _pending.Clear();
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
        var turn = Turn;
        try
        {
            while (true)
            {
                await _work.WaitAsync();
                if (TakeInFlight() is { } inFlight)
                {
                    await inFlight;
                    if (IsAllSent())
                        continue;
                }

                if (_closed)
                    return;

                do
                {
                    Interlocked.Exchange(ref _sendingSince, Math.Max(1, time.GetTimestamp()));
                    var sending = link.WriteAsync(_batch.First, CancellationToken.None);
                    // Who takes everything at once is sent so much, then it is the others' turn.
                    turn = sending.IsCompleted ? turn - 1 : Turn;
                    await sending;
                    if (turn > 0)
                        continue;
                    await Task.Yield();
                    turn = Turn;
                }
                while (!IsAllSent());
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            broken(e);
            // The link is done with it.
            _batch.Clear();
        }
    }

    private ValueTask? TakeInFlight()
    {
        lock (_gate)
        {
            var taken = _inFlight;
            _inFlight = null;
            return taken;
        }
    }

    private bool TrySendAtOnce()
    {
        try
        {
            var sending = link.WriteAsync(_batch.First, CancellationToken.None);
            if (!sending.IsCompletedSuccessfully)
            {
                Interlocked.Exchange(ref _sendingSince, Math.Max(1, time.GetTimestamp()));
                lock (_gate)
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

    /// <summary>Counts the first segment as sent; when the batch is through, the next one starts. True: nothing is left.</summary>
    private bool IsAllSent()
    {
        Interlocked.Exchange(ref _sendingSince, 0);
        _batch.DropFirst();
        if (_batch.Length > 0)
        {
            lock (_gate)
                ReleaseSent();
            return false;
        }

        bool more;
        lock (_gate)
        {
            ReleaseSent();
            more = !_closed && _pending.Length > 0;
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

    private void ReleaseSent()
    {
        var sent = _batchCharge - SendBuffer.Footprint(_batch.Length);
        if (sent <= 0)
            return;
        budget.Release(sent);
        _batchCharge -= sent;
    }

    private void Swap()
    {
        (_batch, _pending) = (_pending, _batch);
        (_batchCharge, _pendingCharge) = (_pendingCharge, 0);
        (_waiting, _woken) = (_woken, _waiting);
        // Many share a batch in smaller parts, so that all of them have something in it.
        _share = Math.Clamp(options.MaxQueuedBytes / Math.Max(1, _woken.Count), Math.Min(SmallestShare, options.StreamShare), options.StreamShare);
        _number++;
    }

    private void WakeWaiting()
    {
        foreach (var stream in _woken)
            stream.OnRoom();
        _woken.Clear();
    }

    /// <summary>So much may be kept without asking the budget again.</summary>
    private long Paid => Math.Max(Unasked, _pendingCharge);

    /// <summary>Whether data may fill the buffer up to there. Frames without payload are few, and are put behind it without asking.</summary>
    private bool TryCharge(int length)
    {
        var footprint = SendBuffer.Footprint(length);
        if (footprint <= Paid)
            return true;
        if (!budget.TryReserve(footprint - _pendingCharge))
            return false;
        _pendingCharge = footprint;
        return true;
    }

    private void Put(in YamuxHeader header)
    {
        Span<byte> bytes = stackalloc byte[YamuxHeader.Size];
        header.Write(bytes);
        _pending.Write(bytes);
    }
}
