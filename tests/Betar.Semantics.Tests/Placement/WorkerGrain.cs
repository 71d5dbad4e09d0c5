namespace Betar.Semantics.Tests.Placement;

/// <summary>At most two of it on a silo.</summary>
[StatelessWorker(2)]
public sealed class WorkerGrain : Grain, IWorkerGrain
{
    public async Task<string> Work(string scene, string gate)
    {
        Scene.Of(scene).Note($"in {GrainContext.Address.SiloAddress}");
        await Scene.Of(scene).Gate(gate);
        return $"{GrainContext.ActivationId}@{GrainContext.Address.SiloAddress}";
    }
}
