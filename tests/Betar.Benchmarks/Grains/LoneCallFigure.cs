using Betar.Benchmarks.Harness;
using Orleans.TestingHost;

namespace Betar.Benchmarks.Grains;

/// <summary>One caller, one call at a time, to a grain on another silo.</summary>
internal static class LoneCallFigure
{
    private const int Calls = 20_000;

    public static async Task AddAsync(BenchContext context)
    {
        await using TestCluster cluster = await BenchCluster.DeployAsync<QuietSetup>(2);
        ICallerGrain caller = (await BenchCluster.GrainsOnAsync<ICallerGrain>(cluster, cluster.Primary!.SiloAddress, 1))[0];
        IEmptyGrain target = (await BenchCluster.GrainsOnAsync<IEmptyGrain>(cluster, cluster.SecondarySilos[0].SiloAddress, 1))[0];
        IReadOnlyList<double> rounds = await context.RoundsAsync(
            "lone calls to another silo",
            async () => Figure.Median(await caller.TimeCalls(target, Calls)));
        IReadOnlyList<double> baseline = await context.RoundsAsync(
            "baseline: a lone ping-pong over TCP loopback",
            () => TcpPingPong.MedianMicrosecondsAsync(Calls),
            rounds: 3);
        context.Add("call.remote.p50", "us", rounds, Goal.AtMost(40, 25), new Baseline("TCP loopback ping-pong, one connection", Figure.Median(baseline)));
        await cluster.StopAllSilosAsync();
    }
}
