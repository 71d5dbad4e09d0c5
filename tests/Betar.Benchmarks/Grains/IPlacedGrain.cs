using Orleans.Runtime;

namespace Betar.Benchmarks.Grains;

/// <summary>A grain that says where it lives.</summary>
public interface IPlacedGrain
{
    ValueTask<SiloAddress> Silo();
}
