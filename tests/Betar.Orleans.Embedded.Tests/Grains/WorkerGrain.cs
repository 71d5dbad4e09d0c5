using Orleans;
using Orleans.Concurrency;

namespace Betar.Orleans.Embedded.Tests;

[StatelessWorker(3)]
public sealed class WorkerGrain(TimeProvider clock) : Grain, IWorkerGrain
{
    public async Task<string> Work(TimeSpan time)
    {
        await Task.Delay(time, clock);
        return $"{GrainContext.ActivationId} on {RuntimeIdentity}";
    }

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
