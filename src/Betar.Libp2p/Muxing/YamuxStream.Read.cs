namespace Betar.Libp2p.Muxing;

internal sealed partial class YamuxStream
{
    public const string MemoryLimit = "streams.memory";

    private int _window = YamuxOptions.InitialWindow;
    private long _credit = YamuxOptions.InitialWindow;
    private long _consumed;
    private long _growth;
    private long _epoch;

    /// <summary>What the peer has been told that it may have under way.</summary>
    public int Window => _window;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var read = _incoming.ReadAsync(buffer, cancellationToken);
        if (!read.IsCompletedSuccessfully)
        {
            if (!read.IsCompleted)
                AnnounceStream();
            return read;
        }

        var count = read.Result;
        if (count > 0)
            OnConsumed(count);
        return new ValueTask<int>(count);
    }

    /// <summary>Takes credit for a frame of data before its bytes come; false: the peer sends more than it may.</summary>
    public bool TryTakeCredit(uint length)
    {
        lock (_gate)
        {
            if (length > _credit)
                return false;
            _credit -= length;
            LastMoved = _connection.Now;
            return true;
        }
    }

    /// <summary>Bytes of a frame, as they come. Called by the connection's read loop only.</summary>
    public void OnData(ReadOnlySpan<byte> data)
    {
        bool refused;
        lock (_gate)
        {
            if (_fault is not null || _disposed)
                return;
            refused = _remoteEnded;
        }

        if (refused)
        {
            Reset(static () => new Libp2pException(Libp2pError.Malformed, "The peer sent data after its end of the stream."));
            return;
        }

        var taken = _incoming.Deliver(data);
        if (taken > 0)
            OnConsumed(taken, flush: false);
        bool charged;
        lock (_gate)
            charged = _disposed || Charge(_incoming.Capacity);
        if (charged)
            return;
        _connection.Options.LimitHit(MemoryLimit);
        Reset(static () => new Libp2pException(Libp2pError.LimitExceeded, "There is no memory left for what the peer sends on the stream."));
    }

    /// <summary>Gives the peer new credit once half of its window has been read.</summary>
    private void OnConsumed(int count, bool flush = true)
    {
        lock (_gate)
        {
            _consumed += count;
            if (_charged > _growth)
                Charge(_incoming.Capacity);
            if (_fault is not null || _remoteEnded || _disposed || _consumed < _window / 2)
                return;
            GrowWindow();
            var delta = (uint)_consumed;
            _consumed = 0;
            _credit += delta;
            _connection.Outbound.Append(new YamuxHeader(YamuxFrameType.WindowUpdate, TakeFlags(), Id, delta));
        }

        if (flush)
            _connection.Outbound.Flush();
    }

    /// <summary>A window that is used up in less than four round trips is what holds the peer back.</summary>
    private void GrowWindow()
    {
        var now = _connection.Time.GetTimestamp();
        var elapsed = _connection.Time.GetElapsedTime(_epoch, now);
        _epoch = now;
        if (_connection.RoundTrip is not { } roundTrip)
        {
            _connection.MeasureRoundTrip();
            return;
        }

        var floor = _connection.Options.WindowGrowthFloor;
        var growth = Math.Min(_window, _connection.Options.MaxWindow - _window);
        if (growth <= 0 || elapsed >= (roundTrip * 4 > floor ? roundTrip * 4 : floor) || !_connection.TryAnnounce(growth))
            return;
        _growth += growth;
        if (!Charge(_incoming.Capacity))
        {
            _growth -= growth;
            _connection.TryAnnounce(-growth);
            return;
        }

        _window += growth;
        _consumed += growth;
    }

    /// <summary>A reader that waits on a stream of which the peer has not heard, or not been answered, would wait for ever.</summary>
    private void AnnounceStream()
    {
        lock (_gate)
        {
            if (_pendingFlags == YamuxFlags.None || _fault is not null)
                return;
            _connection.Outbound.Append(new YamuxHeader(YamuxFrameType.WindowUpdate, TakeFlags(), Id, 0));
        }

        _connection.Outbound.Flush();
    }
}
