using System.Diagnostics;
using Orleans;
using Orleans.Placement;
using Orleans.Runtime;

namespace Betar.Benchmarks.Grains;

[RandomPlacement]
internal sealed class CallerGrain : Grain, ICallerGrain
{
    public async Task<long> CallUntilClosed(IEmptyGrain target)
    {
        long calls = 0;
        while (CallWindow.IsOpen)
        {
            await target.Nothing();
            calls++;
        }

        return calls;
    }

    public async Task<double[]> TimeCalls(IEmptyGrain target, int calls)
    {
        var times = new double[calls];
        for (int i = 0; i < calls; i++)
        {
            long start = Stopwatch.GetTimestamp();
            await target.Nothing();
            times[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        return times;
    }

    public ValueTask<SiloAddress> Silo() => ValueTask.FromResult(GrainContext.Address.SiloAddress!);
}
