using Betar.Orleans.Embedded;

namespace Orleans.Runtime;

/// <summary>A timer of an activation: each tick is a request to it, and the next one is set when that has ended.</summary>
internal abstract class GrainTimer : IGrainTimer, IThreadPoolWorkItem
{
    private readonly Activation _activation;
    private readonly CancellationTokenSource _stopped = new();
    private readonly ITimer _timer;
    private TimeSpan _period;
    private bool _ticking;
    private TimeSpan? _changed;

    protected GrainTimer(Activation activation, GrainTimerCreationOptions options)
    {
        Check(options.DueTime, options.Period);
        _activation = activation;
        Options = options;
        _period = options.Period;
        _timer = activation.Silo.Time.CreateEngineTimer(activation.Silo.Scheduler, this, options.DueTime);
        activation.AddTimer(this);
    }

    public GrainTimerCreationOptions Options { get; }

    public CancellationToken Stopped => _stopped.Token;

    public bool IsStopped => _stopped.IsCancellationRequested;

    /// <summary>The time has come; runs outside the activation.</summary>
    public void Execute()
    {
        if (!IsStopped && !_activation.Silo.IsKilled)
            _activation.Post(new TimerTick(this));
    }

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        Check(dueTime, period);
        if (IsStopped)
            return;
        _period = period;
        if (_ticking)
            _changed = dueTime;
        else
            _timer.Change(EngineTimerExtensions.Clamp(dueTime), Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        if (IsStopped)
            return;
        _stopped.Cancel();
        _timer.Dispose();
        _activation.RemoveTimer(this);
    }

    public async Task TickAsync()
    {
        _ticking = true;
        try
        {
            await CallAsync();
        }
        finally
        {
            _ticking = false;
            if (!IsStopped)
                _timer.Change(EngineTimerExtensions.Clamp(_changed ?? _period), Timeout.InfiniteTimeSpan);
            _changed = null;
        }
    }

    public void LogFailed(Exception exception) => _activation.Silo.LogTimerFailed(_activation.GrainId, exception);

    protected abstract Task CallAsync();

    private static void Check(TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime < TimeSpan.Zero && dueTime != Timeout.InfiniteTimeSpan)
            throw new ArgumentOutOfRangeException(nameof(dueTime), dueTime, "The due time is negative.");
        if (period < TimeSpan.Zero && period != Timeout.InfiniteTimeSpan)
            throw new ArgumentOutOfRangeException(nameof(period), period, "The period is negative.");
    }
}
