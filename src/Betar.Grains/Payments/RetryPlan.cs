using Betar.X402;

namespace Betar.Grains.Payments;

/// <summary>
/// When an order that could not go on is taken up again: each time after twice as long, up to a ceiling. Kept in memory: after a restart
/// everything is tried at once.
/// </summary>
internal sealed class RetryPlan(TimeProvider time, TimeSpan first, TimeSpan ceiling)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<PaymentKey, (TimeSpan Pause, DateTimeOffset Due)> _waiting = [];

    public bool IsDue(PaymentKey key)
    {
        lock (_gate)
            return !_waiting.TryGetValue(key, out (TimeSpan Pause, DateTimeOffset Due) retry) || time.GetUtcNow() >= retry.Due;
    }

    public void Failed(PaymentKey key)
    {
        lock (_gate)
        {
            TimeSpan pause = _waiting.TryGetValue(key, out (TimeSpan Pause, DateTimeOffset Due) retry) ? retry.Pause + retry.Pause : first;
            pause = pause < ceiling ? pause : ceiling;
            _waiting[key] = (pause, time.GetUtcNow() + pause);
        }
    }

    /// <summary>Forgets all that is not open any more.</summary>
    public void KeepOnly(IReadOnlySet<PaymentKey> open)
    {
        lock (_gate)
        {
            foreach (PaymentKey ended in _waiting.Keys.Where(key => !open.Contains(key)).ToList())
                _waiting.Remove(ended);
        }
    }
}
