using Orleans;

namespace Betar.Benchmarks.Grains;

/// <summary>Does nothing, as often as asked.</summary>
public interface IEmptyGrain : IGrainWithIntegerKey, IPlacedGrain
{
    ValueTask Nothing();
}
