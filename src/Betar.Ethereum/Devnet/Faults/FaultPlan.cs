namespace Betar.Ethereum.Devnet;

/// <summary>The faults in force. They live in memory: a restarted chain is a healthy one.</summary>
internal sealed class FaultPlan(TimeProvider time)
{
    readonly Lock _gate = new();
    TimeSpan _delay;
    int _delays;
    int _reverts;
    string _reason = FaultOrder.DefaultReason;
    int _drops;
    bool _outage;
    DateTimeOffset _outageEnds;

    internal void Set(FaultOrder order)
    {
        lock (_gate)
        {
            switch (order.Kind)
            {
                case FaultKind.Delay:
                    _delay = TimeSpan.FromMilliseconds(order.Milliseconds ?? 0);
                    _delays = order.Count ?? int.MaxValue;
                    break;
                case FaultKind.Revert:
                    _reverts = order.Count ?? 1;
                    _reason = order.Reason ?? FaultOrder.DefaultReason;
                    break;
                case FaultKind.DropAnswer:
                    _drops = order.Count ?? 1;
                    break;
                case FaultKind.Outage:
                    _outage = true;
                    _outageEnds = order.Milliseconds is { } length ? time.GetUtcNow().AddMilliseconds(length) : DateTimeOffset.MaxValue;
                    break;
                case FaultKind.None:
                    _delays = _reverts = _drops = 0;
                    _outage = false;
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(order));
            }
        }
    }

    internal Admission Admit(bool hasSend)
    {
        lock (_gate)
        {
            if (_outage && time.GetUtcNow() < _outageEnds)
                return new Admission(true, default, false);
            _outage = false;
            var delay = _delays > 0 ? _delay : default;
            _delays = Spend(_delays);
            var drop = hasSend && _drops > 0;
            if (drop)
                _drops = Spend(_drops);
            return new Admission(false, delay, drop);
        }
    }

    /// <summary>The reason of the next injected revert, or null.</summary>
    internal string? TakeRevert()
    {
        lock (_gate)
        {
            if (_reverts == 0)
                return null;
            _reverts = Spend(_reverts);
            return _reason;
        }
    }

    /// <summary>The kinds in force, for people.</summary>
    internal IReadOnlyList<string> InForce()
    {
        lock (_gate)
        {
            var kinds = new List<string>();
            if (_delays > 0)
                kinds.Add("delay");
            if (_reverts > 0)
                kinds.Add("revert");
            if (_drops > 0)
                kinds.Add("dropAnswer");
            if (_outage && time.GetUtcNow() < _outageEnds)
                kinds.Add("outage");
            return kinds;
        }
    }

    // The largest count means: until further notice.
    static int Spend(int count) => count is 0 or int.MaxValue ? count : count - 1;
}
