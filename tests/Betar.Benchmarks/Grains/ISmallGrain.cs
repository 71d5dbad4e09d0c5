using Orleans;

namespace Betar.Benchmarks.Grains;

/// <summary>A grain with one number.</summary>
public interface ISmallGrain : IGrainWithIntegerKey
{
    ValueTask<long> Add(long number);
}
