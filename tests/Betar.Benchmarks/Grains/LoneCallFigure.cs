using Betar.Benchmarks.Harness;
using Orleans.TestingHost;

namespace Betar.Benchmarks.Grains;

/// <summary>One caller, one call at a time, to a grain on another silo.</summary>
internal static class LoneCallFigure
{
    public const string Part = "lone-call";

    private const int Calls = 20_000;
    private const int QuickCalls = 1_000;

    public static async Task AddAsync(BenchContext context)
    {
        int calls = context.Repetitions(Calls, QuickCalls);
        await using TestCluster cluster = await BenchCluster.DeployAsync<QuietSetup>(2);
        ICallerGrain caller = (await BenchCluster.GrainsOnAsync<ICallerGrain>(cluster, cluster.Primary!.SiloAddress, 1))[0];
        IEmptyGrain target = (await BenchCluster.GrainsOnAsync<IEmptyGrain>(cluster, cluster.SecondarySilos[0].SiloAddress, 1))[0];
        IReadOnlyList<double> rounds = await context.RoundsAsync(
            "lone calls to another silo",
            async () => Figure.Median(await caller.TimeCalls(target, calls)));
        IReadOnlyList<double> baseline = await context.RoundsAsync(
            "baseline: a lone ping-pong over TCP loopback",
            () => TcpPingPong.MedianMicrosecondsAsync(calls),
            rounds: 3);
        context.Add("call.remote.p50", "us", rounds, Goal.AtMost(40, 25), new Baseline("TCP loopback ping-pong, one connection", Figure.Median(baseline)));
        await cluster.StopAllSilosAsync();
    }
}
