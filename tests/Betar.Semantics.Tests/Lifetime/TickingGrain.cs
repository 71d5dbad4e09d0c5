namespace Betar.Semantics.Tests.Lifetime;

/// <summary>Has a timer that counts as activity, or one that does not.</summary>
[GrainType("ticking-age")]
public sealed class TickingGrain : IdleGrain
{
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var period = TimeSpan.FromMilliseconds(50);
        this.RegisterGrainTimer(
            () => Task.CompletedTask,
            new GrainTimerCreationOptions(period, period) { KeepAlive = Key.EndsWith("/kept", StringComparison.Ordinal) });
        return Task.CompletedTask;
    }
}
