using Betar.Orleans.Embedded;

namespace Orleans.Runtime;

/// <summary>
/// All calls that a node waits for, in striped lists, and one timer for the earliest deadline among them:
/// a call that is answered in time costs two links and no timer.
/// </summary>
internal sealed class CallTimeouts : IThreadPoolWorkItem
{
    private const int StripeCount = 16;
    private readonly Stripe[] _stripes = new Stripe[StripeCount];
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly IEngineScheduler _scheduler;
    private ITimer? _timer;
    private long _next = long.MaxValue;

    public CallTimeouts(TimeProvider time, IEngineScheduler scheduler)
    {
        _time = time;
        _scheduler = scheduler;
        for (var i = 0; i < StripeCount; i++)
            _stripes[i] = new Stripe();
    }

    public void Add(PendingCall call)
    {
        var index = Environment.CurrentManagedThreadId & (StripeCount - 1);
        var stripe = _stripes[index];
        lock (stripe)
        {
            call.Stripe = index;
            call.LaterCall = stripe.First;
            if (stripe.First is { } first)
                first.EarlierCall = call;
            stripe.First = call;
        }

        if (call.Deadline < Volatile.Read(ref _next))
            Arm(call.Deadline);
    }

    public void Remove(PendingCall call)
    {
        if (call.Stripe < 0)
            return;
        var stripe = _stripes[call.Stripe];
        lock (stripe)
        {
            if (call.Stripe < 0)
                return;
            if (call.EarlierCall is { } earlier)
                earlier.LaterCall = call.LaterCall;
            else
                stripe.First = call.LaterCall;
            if (call.LaterCall is { } later)
                later.EarlierCall = call.EarlierCall;
            call.EarlierCall = call.LaterCall = null;
            call.Stripe = -1;
        }
    }

    /// <summary>Times out what is due, then sleeps until the next deadline.</summary>
    public void Execute()
    {
        lock (_gate)
            _next = long.MaxValue;
        var now = _time.GetTimestamp();
        var earliest = long.MaxValue;
        foreach (var call in Snapshot())
        {
            if (call.Deadline <= now)
                call.TimeOut();
            else
                earliest = Math.Min(earliest, call.Deadline);
        }

        if (earliest != long.MaxValue)
            Arm(earliest);
    }

    public List<PendingCall> Snapshot()
    {
        var calls = new List<PendingCall>();
        foreach (var stripe in _stripes)
        {
            lock (stripe)
            {
                for (var call = stripe.First; call is not null; call = call.LaterCall)
                    calls.Add(call);
            }
        }

        return calls;
    }

    public void Stop()
    {
        lock (_gate)
        {
            _next = long.MinValue;
            _timer?.Dispose();
        }
    }

    private void Arm(long deadline)
    {
        lock (_gate)
        {
            if (deadline >= _next)
                return;
            _next = deadline;
            var wait = _time.GetElapsedTime(_time.GetTimestamp(), deadline);
            wait = wait < TimeSpan.Zero ? TimeSpan.Zero : wait + TimeSpan.FromMilliseconds(1);
            if (_timer is null)
                _timer = _time.CreateEngineTimer(_scheduler, this, wait);
            else
                _timer.Change(wait, Timeout.InfiniteTimeSpan);
        }
    }

    private sealed class Stripe
    {
        public PendingCall? First;
    }
}
