namespace Betar.Libp2p.Muxing;

/// <summary>So many a second, with a reserve. Not thread-safe.</summary>
internal sealed class TokenBucket(int perSecond, int reserve, TimeProvider time)
{
    private double _tokens = reserve;
    private long _last = time.GetTimestamp();

    public bool TryTake()
    {
        // Every time, not only when it is empty: what was left over must not come on top of a whole new reserve.
        var now = time.GetTimestamp();
        _tokens = Math.Min(reserve, _tokens + (time.GetElapsedTime(_last, now).TotalSeconds * perSecond));
        _last = now;
        if (_tokens < 1)
            return false;
        _tokens--;
        return true;
    }
}
