using System.Globalization;
using Orleans;
using Orleans.Runtime;

namespace Betar.Orleans.Embedded.Tests;

public sealed class AlarmGrain(Journal journal, TimeProvider clock) : Grain, IAlarmGrain, IRemindable
{
    private TimeSpan _slow;
    private bool _broken;

    public Task Set(string name, TimeSpan due, TimeSpan period) => this.RegisterOrUpdateReminder(name, due, period);

    public async Task<bool> Remove(string name)
    {
        if (await this.GetReminder(name) is not { } reminder)
            return false;
        await this.UnregisterReminder(reminder);
        return true;
    }

    public async Task<string[]> Names() => [.. (await this.GetReminders()).Select(static reminder => reminder.ReminderName).Order()];

    public Task BeSlow(TimeSpan time)
    {
        _slow = time;
        return Task.CompletedTask;
    }

    public Task BeBroken()
    {
        _broken = true;
        return Task.CompletedTask;
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        journal.Write(string.Create(CultureInfo.InvariantCulture, $"{reminderName} {clock.GetUtcNow():d HH:mm:ss}"));
        journal.Ticks.Add(status);
        if (_slow > TimeSpan.Zero)
            await Task.Delay(_slow, clock);
        if (_broken)
            throw new InvalidOperationException("the alarm is broken");
    }
}
