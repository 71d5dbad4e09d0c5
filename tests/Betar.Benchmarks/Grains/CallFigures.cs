using Betar.Benchmarks.Harness;
using Orleans.TestingHost;

namespace Betar.Benchmarks.Grains;

/// <summary>Calls a second, of 100 callers that each wait for their answer.</summary>
internal static class CallFigures
{
    public const string OneSilo = "one-silo";
    public const string BetweenSilos = "between-silos";

    private const int Callers = 100;

    public static async Task AddOneSiloAsync(BenchContext context)
    {
        await using TestCluster cluster = await BenchCluster.DeployAsync<QuietSetup>(1);
        var home = cluster.Primary!.SiloAddress;
        IReadOnlyList<double> rounds = await RoundsAsync(context, "empty calls in one silo", cluster, home, home);
        IReadOnlyList<double> baseline = await context.RoundsAsync(
            "baseline: actors over channels",
            () => ChannelActor.RateAsync(Callers, context.Window),
            rounds: 3);
        context.Add("call.one-silo", "1/s", rounds, Goal.AtLeast(1_000_000, 2_000_000), new Baseline("actors over Channel<T>, 100 callers", Figure.Median(baseline)));
        await cluster.StopAllSilosAsync();
    }

    public static async Task AddBetweenSilosAsync(BenchContext context)
    {
        await using TestCluster cluster = await BenchCluster.DeployAsync<QuietSetup>(2);
        IReadOnlyList<double> rounds = await RoundsAsync(
            context, "empty calls between two silos", cluster, cluster.Primary!.SiloAddress, cluster.SecondarySilos[0].SiloAddress);
        IReadOnlyList<double> baseline = await context.RoundsAsync(
            "baseline: ping-pong over TCP loopback",
            () => TcpPingPong.RateAsync(Callers, context.Window),
            rounds: 3);
        context.Add("call.between-silos", "1/s", rounds, Goal.AtLeast(150_000, 300_000), new Baseline("TCP loopback ping-pong, 100 connections", Figure.Median(baseline)));
        await cluster.StopAllSilosAsync();
    }

    private static async Task<IReadOnlyList<double>> RoundsAsync(
        BenchContext context, string what, TestCluster cluster, global::Orleans.Runtime.SiloAddress from, global::Orleans.Runtime.SiloAddress to)
    {
        ICallerGrain[] callers = await BenchCluster.GrainsOnAsync<ICallerGrain>(cluster, from, Callers);
        IEmptyGrain[] targets = await BenchCluster.GrainsOnAsync<IEmptyGrain>(cluster, to, Callers);
        Func<Task<long>>[] calls = [.. callers.Zip(targets, (caller, target) => (Func<Task<long>>)(() => caller.CallUntilClosed(target)))];
        return await context.RoundsAsync(what, () => CallWindow.RateAsync(calls, context.Window));
    }
}
