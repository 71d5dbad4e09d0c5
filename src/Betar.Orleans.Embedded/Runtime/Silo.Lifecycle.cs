using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Runtime;

/// <summary>How a silo starts, stops and dies.</summary>
internal sealed partial class Silo
{
    private bool _entered;
    private bool _left;

    /// <summary>Starts all stages on the engine's scheduler.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => Tasks.Run(() => StartCoreAsync(cancellationToken));

    /// <summary>Lets running calls end, says goodbye to every grain, then leaves the cluster.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => _left ? Task.CompletedTask : Tasks.Run(() => StopCoreAsync(cancellationToken));

    /// <summary>Dies as a process dies: at once, in the middle of whatever it does.</summary>
    public void Kill()
    {
        if (_left || !_entered)
            return;
        _left = true;
        _killed = true;
        _collector.Dispose();
        Link.Close(Address);
        Membership.SetStatus(Address, Name, SiloStatus.Dead);
        Disconnect($"Silo {Address} was killed");
        Cluster.Leave();
        LogKilled(Log, Address);
    }

    private async Task StartCoreAsync(CancellationToken cancellationToken)
    {
        foreach (var validator in Services.GetServices<IConfigurationValidator>())
            validator.ValidateConfiguration();
        Cluster.Enter();
        _entered = true;
        Membership.SetStatus(Address, Name, SiloStatus.Joining);
        Connect();
        Catalog.AddSystem(SystemTargets.Control, new SiloControl(this));
        if (Services.GetService<ReminderService>() is { } reminders)
            Catalog.AddSystem(SystemTargets.Reminders, reminders);
        _lifecycle.Subscribe(nameof(Silo), ServiceLifecycleStage.BecomeActive, BecomeActive, StopPlacements);
        _lifecycle.Subscribe(nameof(Silo), ServiceLifecycleStage.GrainDeactivation, static _ => Task.CompletedTask, DeactivateAll);
        foreach (var participant in Services.GetServices<ILifecycleParticipant<ISiloLifecycle>>())
            participant.Participate(_lifecycle);
        try
        {
            await _lifecycle.OnStart(cancellationToken);
        }
        catch
        {
            // A silo that did not start must not stay in the cluster.
            Kill();
            throw;
        }

        LogStarted(Log, Name, Address);
    }

    private async Task StopCoreAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _lifecycle.OnStop(cancellationToken);
        }
        finally
        {
            if (!_left)
            {
                _left = true;
                _collector.Dispose();
                Membership.SetStatus(Address, Name, SiloStatus.Dead);
                Disconnect($"Silo {Address} stopped");
                Cluster.Leave();
                LogStopped(Log, Name, Address);
            }
        }
    }

    private Task BecomeActive(CancellationToken cancellationToken)
    {
        Membership.SetStatus(Address, Name, SiloStatus.Active);
        _collector.Start();
        return Task.CompletedTask;
    }

    private Task StopPlacements(CancellationToken cancellationToken)
    {
        Membership.SetStatus(Address, Name, SiloStatus.ShuttingDown);
        return Task.CompletedTask;
    }

    private async Task DeactivateAll(CancellationToken cancellationToken)
    {
        var reason = new DeactivationReason(DeactivationReasonCode.ShuttingDown, "The silo is stopping.");
        while (Catalog.All().ToArray() is { Length: > 0 } activations)
        {
            foreach (var activation in activations)
                activation.Deactivate(reason, cancellationToken);
            foreach (var activation in activations)
                await activation.Deactivated.WaitAsync(cancellationToken);
        }
    }
}
