using Orleans;
using Orleans.Placement;
using Orleans.Runtime;

namespace Betar.Benchmarks.Grains;

[RandomPlacement]
internal sealed class EmptyGrain : Grain, IEmptyGrain
{
    public ValueTask Nothing() => ValueTask.CompletedTask;

    public ValueTask<SiloAddress> Silo() => ValueTask.FromResult(GrainContext.Address.SiloAddress!);
}
