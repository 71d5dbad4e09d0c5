using Orleans;

namespace Betar.Orleans.Embedded.Tests;

public sealed class SleepyGrain(TimeProvider clock) : Grain, ISleepyGrain
{
    public override Task OnActivateAsync(CancellationToken cancellationToken) => Task.Delay(Timeout.InfiniteTimeSpan, clock, cancellationToken);

    public Task Wake() => Task.CompletedTask;
}
