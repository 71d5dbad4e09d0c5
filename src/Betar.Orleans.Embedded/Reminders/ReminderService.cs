using Betar.Orleans.Embedded;
using Microsoft.Extensions.Options;
using Orleans.Hosting;

namespace Orleans.Runtime;

/// <summary>Fires the reminders of this silo's part of the ring. Its state is touched in its own turns only: it is a system target.</summary>
internal sealed class ReminderService(Silo silo, IReminderTable table, IOptions<ReminderOptions> options)
    : IReminderOwner, ILifecycleParticipant<ISiloLifecycle>, IThreadPoolWorkItem
{
    private readonly Dictionary<(GrainId Grain, string Name), LocalReminder> _reminders = [];
    private IDisposable? _subscription;
    private ITimer? _timer;
    private bool _stopped;

    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe<ReminderService>(ServiceLifecycleStage.Active, StartAsync, StopAsync);

    public async Task Refresh(GrainId grain, string name)
    {
        if (!_stopped)
            Set(grain, name, await table.ReadRow(grain, name));
    }

    /// <summary>Time to read the table again.</summary>
    public void Execute() => _ = Reload();

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        await table.StartAsync(cancellationToken);
        _subscription = silo.Membership.Subscribe((changed, status) =>
        {
            if (status is SiloStatus.Active or SiloStatus.ShuttingDown or SiloStatus.Dead)
                _ = Reload();
        });
        _timer = silo.Time.CreateEngineTimer(silo.Scheduler, this, options.Value.RefreshReminderListPeriod);
        await Reload();
    }

    private async Task StopAsync(CancellationToken cancellationToken)
    {
        _subscription?.Dispose();
        if (_timer is not null)
            await _timer.DisposeAsync();
        await OnOwnScheduler(() =>
        {
            _stopped = true;
            foreach (var reminder in _reminders.Values)
                reminder.Dispose();
            _reminders.Clear();
            return Task.CompletedTask;
        });
        await table.StopAsync(cancellationToken);
    }

    private Task Reload() => silo.IsKilled ? Task.CompletedTask : OnOwnScheduler(ReloadCore);

    private async Task ReloadCore()
    {
        if (_stopped)
            return;
        try
        {
            var range = ReminderRing.RangeOf(silo.Address, silo.Membership.View.Active);
            var rows = range is { } mine ? (await table.ReadRows(mine.Begin, mine.End)).Reminders : [];
            var wanted = new HashSet<(GrainId, string)>();
            foreach (var row in rows)
            {
                wanted.Add((row.GrainId, row.ReminderName));
                Set(row.GrainId, row.ReminderName, row);
            }

            foreach (var key in _reminders.Keys.Where(key => !wanted.Contains(key)).ToArray())
                Set(key.Grain, key.Name, null);
        }
        catch (Exception exception)
        {
            // The table may be away for a while: the next round tries again.
            silo.LogRemindersUnread(exception);
        }

        _timer?.Change(options.Value.RefreshReminderListPeriod, Timeout.InfiniteTimeSpan);
    }

    private void Set(GrainId grain, string name, ReminderEntry? row)
    {
        var key = (grain, name);
        if (_reminders.TryGetValue(key, out var known))
        {
            if (row is not null && known.Row.ETag == row.ETag && IsMine(grain))
                return;
            known.Dispose();
            _reminders.Remove(key);
        }

        if (row is null || _stopped || !IsMine(grain))
            return;
        if (row.Period > TimeSpan.Zero)
            _reminders[key] = new LocalReminder(silo, row);
        else
            silo.LogReminderWithoutPeriod(grain, name);
    }

    private bool IsMine(GrainId grain) => silo.Address.Equals(ReminderRing.OwnerOf(grain, silo.Membership.View.Active));

    private Task OnOwnScheduler(Func<Task> action)
    {
        silo.Catalog.TryGet(SystemTargets.IdOf(SystemTargets.Reminders, silo.Address), out var target);
        return Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.DenyChildAttach, (Activation)target!).Unwrap();
    }
}
