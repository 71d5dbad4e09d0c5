using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Hosting;
using Orleans.Timers;

namespace Orleans.Runtime;

/// <summary>Writes reminders to the table and tells the silo that fires them.</summary>
internal sealed class ReminderRegistry(Silo silo, IReminderTable table, IOptions<ReminderOptions> options) : IReminderRegistry
{
    private const int MaxAttempts = 5;

    public async Task<IGrainReminder> RegisterOrUpdateReminder(GrainId callingGrainId, string reminderName, TimeSpan dueTime, TimeSpan period)
    {
        Check(callingGrainId, reminderName, dueTime, period);
        var etag = await table.UpsertRow(new ReminderEntry
        {
            GrainId = callingGrainId,
            ReminderName = reminderName,
            StartAt = silo.Time.GetUtcNow().UtcDateTime + dueTime,
            Period = period,
        });
        await TellOwner(callingGrainId, reminderName);
        return new ReminderHandle(reminderName, etag);
    }

    public async Task UnregisterReminder(GrainId callingGrainId, IGrainReminder reminder)
    {
        for (var attempt = 0; ; attempt++)
        {
            var row = await table.ReadRow(callingGrainId, reminder.ReminderName);
            if (row is null || await table.RemoveRow(callingGrainId, reminder.ReminderName, row.ETag!))
                break;
            if (attempt == MaxAttempts)
                throw new ReminderException($"The reminder {reminder.ReminderName} of {callingGrainId} is being changed by others and could not be removed.");
        }

        await TellOwner(callingGrainId, reminder.ReminderName);
    }

    public async Task<IGrainReminder?> GetReminder(GrainId callingGrainId, string reminderName) =>
        await table.ReadRow(callingGrainId, reminderName) is { } row ? new ReminderHandle(row.ReminderName, row.ETag!) : null;

    public async Task<List<IGrainReminder>> GetReminders(GrainId callingGrainId) =>
        [.. (await table.ReadRows(callingGrainId)).Reminders.Select(static row => new ReminderHandle(row.ReminderName, row.ETag!))];

    private Task TellOwner(GrainId grain, string name)
    {
        var owner = ReminderRing.OwnerOf(grain, silo.Membership.View.Active);
        return owner is null
            ? Task.CompletedTask
            : ((IReminderOwner)(object)silo.References.Create(SystemTargets.IdOf(SystemTargets.Reminders, owner), typeof(IReminderOwner))).Refresh(grain, name);
    }

    private void Check(GrainId grain, string name, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (dueTime < TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(dueTime), dueTime, "The due time is negative.");
        if (period <= TimeSpan.Zero || period < options.Value.MinimumReminderPeriod)
            throw new ArgumentException($"The period {period} is shorter than {nameof(ReminderOptions.MinimumReminderPeriod)} ({options.Value.MinimumReminderPeriod}).", nameof(period));
        if (silo.Types.TryGet(grain.Type, out var type) && !typeof(IRemindable).IsAssignableFrom(type!.Class))
            throw new InvalidOperationException($"{type.Class} has to implement IRemindable to be reminded.");
    }
}
