namespace Betar.Semantics.Tests.Lifetime;

/// <summary>Idle grains of several ages; all note their end.</summary>
public abstract class IdleGrain : SceneGrain, IIdleGrain
{
    public Task Touch() => Task.CompletedTask;

    public async Task Hold(string gate)
    {
        Scene.Note("holding");
        await Scene.Gate(gate);
    }

    public Task Stay(TimeSpan time)
    {
        DelayDeactivation(time);
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Scene.Note($"{Key.Split('/')[1]} {reason.ReasonCode}");
        return Task.CompletedTask;
    }
}
