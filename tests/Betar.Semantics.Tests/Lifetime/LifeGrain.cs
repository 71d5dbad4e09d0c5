namespace Betar.Semantics.Tests.Lifetime;

public sealed class LifeGrain : SceneGrain, ILifeGrain, IDisposable
{
    int _count;
    bool _fail;

    public Task<int> Count() => Task.FromResult(++_count);

    public Task<string> ActivationId() => Task.FromResult(GrainContext.ActivationId.ToString());

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public async Task LeaveAndWait(string gate)
    {
        DeactivateOnIdle();
        Scene.Note("leaving");
        await Scene.Gate(gate);
        Scene.Note("turn done");
    }

    public Task Stay(TimeSpan time)
    {
        DelayDeactivation(time);
        return Task.CompletedTask;
    }

    public Task FailOnLeaving()
    {
        _fail = true;
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Scene.Note("activated");
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await Task.Yield();
        Scene.Note($"deactivated {reason.ReasonCode}");
        if (_fail)
        {
            throw new InvalidOperationException("on leaving");
        }
    }

    public void Dispose() => Scene.Note("disposed");
}
