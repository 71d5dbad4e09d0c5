namespace Betar.Semantics.Tests.Hosting;

public sealed class DrainGrain : SceneGrain, IDrainGrain
{
    public Task<string> Ask() => Task.FromResult("answer");

    public async Task<string> Hold(string gate)
    {
        Scene.Note("holding");
        await Scene.Gate(gate);
        Scene.Note("let go");
        return "drained";
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Scene.Note($"left by {reason.ReasonCode}");
        return Task.CompletedTask;
    }
}
