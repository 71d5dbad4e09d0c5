namespace Betar.Libp2p.Muxing;

/// <summary>So many a second, with a reserve. Not thread-safe.</summary>
internal sealed class TokenBucket(double perSecond, int reserve, TimeProvider time)
{
    /// <summary>A second's worth that is counted in parts is a second's worth.</summary>
    private const double Rounding = 1e-9;

    private double _tokens = reserve;
    private long _last = time.GetTimestamp();

    /// <summary>All of them or none.</summary>
    public bool TryTake(int tokens = 1)
    {
        // Every time, not only when it is empty: what was left over must not come on top of a whole new reserve.
        var now = time.GetTimestamp();
        _tokens = Math.Min(reserve, _tokens + (time.GetElapsedTime(_last, now).TotalSeconds * perSecond));
        _last = now;
        if (_tokens + Rounding < tokens)
            return false;
        _tokens = Math.Max(0, _tokens - tokens);
        return true;
    }
}
