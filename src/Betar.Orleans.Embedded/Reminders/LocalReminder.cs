using Betar.Orleans.Embedded;

namespace Orleans.Runtime;

/// <summary>One reminder that this silo fires: at its start time and then every period, late ticks as one.</summary>
internal sealed class LocalReminder : IThreadPoolWorkItem, IDisposable
{
    private readonly Silo _silo;
    private readonly ITimer _timer;
    private DateTime _due;
    private bool _stopped;

    public LocalReminder(Silo silo, ReminderEntry row)
    {
        _silo = silo;
        Row = row;
        var now = silo.Time.GetUtcNow().UtcDateTime;

        // What was missed while nobody was there is not made up for: the next tick of the grid is.
        _due = row.StartAt >= now ? row.StartAt : NextAfter(now);
        _timer = silo.Time.CreateEngineTimer(silo.Scheduler, this, _due - now);
    }

    public ReminderEntry Row { get; }

    public void Execute()
    {
        if (_stopped || _silo.IsKilled)
            return;
        var now = _silo.Time.GetUtcNow().UtcDateTime;
        if (now >= _due)
            _ = _silo.Tasks.Run(() => FireAsync(now));
        else
            _timer.Change(EngineTimerExtensions.Clamp(_due - now), Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        _stopped = true;
        _timer.Dispose();
    }

    private DateTime NextAfter(DateTime now)
    {
        var passed = (now - Row.StartAt).Ticks / Row.Period.Ticks;
        return Row.StartAt + TimeSpan.FromTicks((passed + 1) * Row.Period.Ticks);
    }

    private async Task FireAsync(DateTime now)
    {
        try
        {
            var grain = (IRemindable)_silo.References.Create(Row.GrainId, typeof(IRemindable));
            await grain.ReceiveReminder(Row.ReminderName, new TickStatus(Row.StartAt, Row.Period, now));
        }
        catch (Exception exception)
        {
            _silo.LogReminderFailed(Row.GrainId, Row.ReminderName, exception);
        }

        // Only now, so that a tick that takes longer than the period is not overtaken by the next.
        now = _silo.Time.GetUtcNow().UtcDateTime;
        _due = NextAfter(now);
        _timer.Change(EngineTimerExtensions.Clamp(_due - now), Timeout.InfiniteTimeSpan);
    }
}
