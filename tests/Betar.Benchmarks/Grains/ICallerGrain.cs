using Orleans;

namespace Betar.Benchmarks.Grains;

/// <summary>Calls an empty grain, one call after the other.</summary>
public interface ICallerGrain : IGrainWithIntegerKey, IPlacedGrain
{
    /// <summary>Calls until <see cref="CallWindow.Close"/> and returns how often.</summary>
    Task<long> CallUntilClosed(IEmptyGrain target);

    /// <summary>The times of so many lone calls, in microseconds.</summary>
    Task<double[]> TimeCalls(IEmptyGrain target, int calls);
}
