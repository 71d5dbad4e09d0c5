using System.Net;
using Betar.Libp2p.Muxing;

namespace Betar.Libp2p.Limits;

/// <summary>How many connections each address has opened lately. What has been quiet long enough to have its whole reserve back is forgotten.</summary>
/// <param name="perSecond">New ones of one address.</param>
/// <param name="burst">How many may come at once after a quiet time.</param>
/// <param name="remembered">Addresses that are told apart.</param>
internal sealed class AddressRates(int perSecond, int burst, int remembered, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, (TokenBucket Bucket, long Last)> _rates = [];
    private readonly TimeSpan _refill = TimeSpan.FromSeconds((double)burst / Math.Max(1, perSecond));

    public int Count
    {
        get
        {
            lock (_lock)
                return _rates.Count;
        }
    }

    /// <summary>False when the address comes too often, or when too many addresses come to be told apart.</summary>
    public bool TryTake(IPAddress group)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            if (!_rates.TryGetValue(group, out var rate))
            {
                if (_rates.Count >= remembered && !Forget(now))
                    return false;
                rate.Bucket = new TokenBucket(perSecond, burst, time);
            }

            _rates[group] = (rate.Bucket, now);
            return rate.Bucket.TryTake();
        }
    }

    private bool Forget(long now)
    {
        foreach (var (group, rate) in _rates)
        {
            if (time.GetElapsedTime(rate.Last, now) >= _refill)
                _rates.Remove(group);
        }

        return _rates.Count < remembered;
    }
}
