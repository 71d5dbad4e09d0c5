using Orleans;

namespace Betar.Benchmarks.Grains;

internal sealed class SmallGrain : Grain, ISmallGrain
{
    private long _sum;

    public ValueTask<long> Add(long number) => ValueTask.FromResult(_sum += number);
}
