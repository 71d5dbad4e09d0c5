using System.Globalization;
using Orleans;
using Orleans.Runtime;

namespace Betar.Orleans.Embedded.Tests;

public sealed class ClockGrain(Journal journal, TimeProvider clock) : Grain, IClockGrain
{
    private readonly Dictionary<string, IGrainTimer> _timers = [];

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Note("left");
        return Task.CompletedTask;
    }

    public Task Start(string name, TimeSpan due, TimeSpan period, TimeSpan takes, bool interleave, bool keepAlive)
    {
        _timers[name] = this.RegisterGrainTimer(
            async () =>
            {
                Note(name);
                if (takes > TimeSpan.Zero)
                    await Task.Delay(takes, clock);
            },
            new GrainTimerCreationOptions(due, period) { Interleave = interleave, KeepAlive = keepAlive });
        return Task.CompletedTask;
    }

    public Task StartChangingItself(string name, TimeSpan firstDue, TimeSpan due, TimeSpan period)
    {
        var changed = false;
        _timers[name] = this.RegisterGrainTimer(
            () =>
            {
                Note(name);
                if (!changed)
                    _timers[name].Change(due, period);
                changed = true;
                return Task.CompletedTask;
            },
            firstDue,
            firstDue);
        return Task.CompletedTask;
    }

    public Task StartFailing(string name, TimeSpan due, TimeSpan period)
    {
        _timers[name] = this.RegisterGrainTimer(
            () =>
            {
                Note(name);
                throw new InvalidOperationException("the clock is broken");
            },
            due,
            period);
        return Task.CompletedTask;
    }

    public Task StartWaitingForever(string name, bool interleave)
    {
        _timers[name] = this.RegisterGrainTimer(
            async token =>
            {
                journal.Write($"{name} waits");
                using var heard = token.Register(() => journal.Write($"{name} cancelled"));
                await Task.Delay(Timeout.InfiniteTimeSpan, clock, token);
            },
            new GrainTimerCreationOptions(TimeSpan.Zero, TimeSpan.FromSeconds(1)) { Interleave = interleave });
        return Task.CompletedTask;
    }

    public Task Change(string name, TimeSpan due, TimeSpan period)
    {
        _timers[name].Change(due, period);
        return Task.CompletedTask;
    }

    public Task Stop(string name)
    {
        _timers[name].Dispose();
        return Task.CompletedTask;
    }

    public async Task HoldThenStop(string name, TimeSpan time)
    {
        await Task.Delay(time, clock);
        _timers[name].Dispose();
    }

    public Task StayFor(TimeSpan time)
    {
        DelayDeactivation(time);
        return Task.CompletedTask;
    }

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    private void Note(string what) => journal.Write(string.Create(CultureInfo.InvariantCulture, $"{what} {clock.GetUtcNow().Second}"));
}
