namespace Betar.Libp2p.Muxing;

/// <summary>Pings and time-outs.</summary>
internal sealed partial class YamuxConnection
{
    public const string StallLimit = "streams.stall_timeout";
    public const string IdleLimit = "streams.idle_timeout";

    private readonly Lock _pingGate = new();
    private long _lastPing;
    private long _roundTripTicks = -1;
    private uint _pingValue;
    private bool _pingOut;

    public TimeSpan? RoundTrip => Interlocked.Read(ref _roundTripTicks) is var ticks and >= 0 ? new TimeSpan(ticks) : null;

    /// <summary>Sends a ping, unless one is under way.</summary>
    public void MeasureRoundTrip()
    {
        lock (_pingGate)
        {
            if (_pingOut)
                return;
            _pingOut = true;
            _lastPing = Time.GetTimestamp();
            Outbound.Append(new YamuxHeader(YamuxFrameType.Ping, YamuxFlags.Syn, 0, ++_pingValue));
        }
    }

    private string? OnPing(in YamuxHeader header)
    {
        if (header.Flags == YamuxFlags.Syn)
        {
            if (!_control.TryTake())
                return Flood;
            Outbound.Append(header with { Flags = YamuxFlags.Ack });
            return null;
        }

        if (header.Flags != YamuxFlags.Ack)
            return "a ping that neither asks nor answers";
        lock (_pingGate)
        {
            if (!_pingOut || header.Length != _pingValue)
                return "an answer to no ping of ours";
            _pingOut = false;
            Interlocked.Exchange(ref _roundTripTicks, Time.GetElapsedTime(_lastPing).Ticks);
        }

        return null;
    }

    private async Task WatchAsync()
    {
        while (await _timer.WaitForNextTickAsync())
        {
            Now = Time.GetTimestamp();
            if (Outbound.StalledFor >= Options.StallTimeout)
            {
                Options.LimitHit(StallLimit);
                End(static () => new Libp2pException(Libp2pError.Timeout, "The peer takes nothing any more."));
            }
            else if (IsPingOverdue())
            {
                End(static () => new Libp2pException(Libp2pError.Timeout, "The peer does not answer any more."));
            }
            else
            {
                Look();
            }
        }
    }

    private bool IsPingOverdue()
    {
        lock (_pingGate)
            return _pingOut && Time.GetElapsedTime(_lastPing) >= Options.PingTimeout;
    }

    private void Look()
    {
        bool due;
        lock (_pingGate)
            due = Time.GetElapsedTime(_lastPing) >= Options.KeepAliveInterval;
        if (due)
            MeasureRoundTrip();
        List<YamuxStream>? late = null;
        lock (_gate)
        {
            foreach (var stream in _streams.Values)
            {
                var overdue = stream.LingersSince is { } since
                    ? Time.GetElapsedTime(since, Now) >= Options.StreamLinger
                    : stream.IdleTimeout >= TimeSpan.Zero && Time.GetElapsedTime(stream.LastMoved, Now) >= stream.IdleTimeout;
                if (overdue)
                    (late ??= []).Add(stream);
            }
        }

        late?.ForEach(DropLate);
        Outbound.Flush();
    }
    private void DropLate(YamuxStream stream)
    {
        if (stream.LingersSince is null)
            Options.LimitHit(IdleLimit);
        stream.Reset(static () => new Libp2pException(Libp2pError.Timeout, "Nothing moved on the stream for too long."));
    }
}
