using System.Net;
using Betar.Libp2p.Muxing;

namespace Betar.Libp2p.Limits;

/// <summary>How many connections each address has opened lately. What has been quiet long enough to have its whole reserve back is forgotten.</summary>
internal sealed class AddressRates(ConnectionLimitOptions options, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, (TokenBucket Bucket, long Last)> _rates = [];
    private readonly TimeSpan _refill = TimeSpan.FromSeconds((double)options.NewBurstPerAddress / Math.Max(1, options.NewPerSecondPerAddress));

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
                if (_rates.Count >= options.RememberedAddresses && !Forget(now))
                    return false;
                rate.Bucket = new TokenBucket(options.NewPerSecondPerAddress, options.NewBurstPerAddress, time);
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

        return _rates.Count < options.RememberedAddresses;
    }
}
