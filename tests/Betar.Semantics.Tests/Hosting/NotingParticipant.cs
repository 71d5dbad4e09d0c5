namespace Betar.Semantics.Tests.Hosting;

public sealed class NotingParticipant(ILocalSiloDetails silo) : ILifecycleParticipant<ISiloLifecycle>
{
    public static int[] Stages { get; } =
    [
        ServiceLifecycleStage.First, ServiceLifecycleStage.RuntimeInitialize, ServiceLifecycleStage.RuntimeServices,
        ServiceLifecycleStage.RuntimeStorageServices, ServiceLifecycleStage.RuntimeGrainServices, ServiceLifecycleStage.ApplicationServices,
        ServiceLifecycleStage.BecomeActive, ServiceLifecycleStage.Active, ServiceLifecycleStage.Last,
    ];

    public void Participate(ISiloLifecycle observer)
    {
        foreach (var stage in Stages.Reverse())
        {
            observer.Subscribe(nameof(NotingParticipant), stage, _ => Noted($"start {stage}"), _ => Noted($"stop {stage}"));
        }
    }

    Task Noted(string note)
    {
        HostingScene.Of(silo.SiloAddress).Note(note);
        return Task.CompletedTask;
    }
}
