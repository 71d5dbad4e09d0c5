namespace Betar.Semantics.Tests.Lifetime;

/// <summary>Notes every stage of its life.</summary>
public sealed class StagesGrain : SceneGrain, IStagesGrain
{
    public StagesGrain(IGrainContext context)
    {
        var scene = Scene.Of(context.GrainId.Key.ToString()!);
        scene.Note("constructed");
        foreach (var stage in (int[])[GrainLifecycleStage.Last, GrainLifecycleStage.Activate + 1, GrainLifecycleStage.Activate, GrainLifecycleStage.SetupState, GrainLifecycleStage.First])
        {
            context.ObservableLifecycle.Subscribe(
                nameof(StagesGrain),
                stage,
                _ => Noted(scene, $"start {stage}"),
                _ => Noted(scene, $"stop {stage}"));
        }
    }

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task Touch() => Noted(Scene, "touched");

    public override Task OnActivateAsync(CancellationToken cancellationToken) =>
        Noted(Scene, $"activated with {RequestContext.Get("first-call")}");

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Noted(Scene, "deactivated");

    static Task Noted(Scene scene, string note)
    {
        scene.Note(note);
        return Task.CompletedTask;
    }
}
