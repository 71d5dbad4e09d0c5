namespace Betar.Semantics.Tests.Reminders;

public sealed class ReminderGrain : SceneGrain, IReminderGrain, IRemindable
{
    string? _failing;

    public async Task<string> Register(string name, TimeSpan due, TimeSpan period) =>
        (await this.RegisterOrUpdateReminder(name, due, period)).ReminderName;

    public async Task Unregister(string name)
    {
        var reminder = await this.GetReminder(name);
        await this.UnregisterReminder(reminder!);
        Scene.Note($"{name} unregistered");
    }

    public async Task<bool> Has(string name) => await this.GetReminder(name) is not null;

    public async Task<string[]> Names() => [.. (await this.GetReminders()).Select(reminder => reminder.ReminderName).Order(StringComparer.Ordinal)];

    public Task FailOn(string name)
    {
        _failing = name;
        return Task.CompletedTask;
    }

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        Scene.Note(reminderName);
        Scene.Ticks.Enqueue(status);
        return reminderName == _failing ? throw new InvalidOperationException("a reminder failed") : Task.CompletedTask;
    }

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Scene.Note("left");
        return Task.CompletedTask;
    }
}
