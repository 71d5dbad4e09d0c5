namespace Betar.Semantics.Tests.Placement;

public sealed class BossGrain : SceneGrain, IBossGrain
{
    public Task<string[]> Employ(int calls, string gate)
    {
        var worker = GrainFactory.GetGrain<IWorkerGrain>(Key);
        return Task.WhenAll(Enumerable.Range(0, calls).Select(_ => worker.Work(Key, gate)));
    }

    public Task<SiloAddress> NeighbourOf(string key) => GrainFactory.GetGrain<INeighbourGrain>(key).Silo();
}
