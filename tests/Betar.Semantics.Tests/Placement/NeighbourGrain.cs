using Orleans.Placement;

namespace Betar.Semantics.Tests.Placement;

[PreferLocalPlacement]
public sealed class NeighbourGrain : Grain, INeighbourGrain
{
    public Task<SiloAddress> Silo() => Task.FromResult(GrainContext.Address.SiloAddress!);
}
