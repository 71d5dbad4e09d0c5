using Betar.Libp2p.Identity;

namespace Betar.Libp2p.Discovery.Exchange;

/// <summary>When each peer was last dealt with. With too many to tell apart, those whose time is over are forgotten, and newcomers wait.</summary>
internal sealed class LastTimes(TimeSpan interval, int capacity, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<PeerId, long> _last = [];

    public int Count
    {
        get
        {
            lock (_lock)
                return _last.Count;
        }
    }

    /// <summary>True, and noted, when the last time is long enough ago.</summary>
    public bool TryTake(PeerId peer)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            if (_last.TryGetValue(peer, out var at) && time.GetElapsedTime(at, now) < interval)
                return false;
            if (_last.Count >= capacity && !_last.ContainsKey(peer))
            {
                foreach (var (old, last) in _last)
                {
                    if (time.GetElapsedTime(last, now) >= interval)
                        _last.Remove(old);
                }

                if (_last.Count >= capacity)
                    return false;
            }

            _last[peer] = now;
            return true;
        }
    }
}
