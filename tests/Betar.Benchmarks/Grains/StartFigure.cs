using System.Diagnostics;
using Betar.Benchmarks.Harness;
using Microsoft.Extensions.Hosting;
using Orleans.TestingHost;

namespace Betar.Benchmarks.Grains;

/// <summary>A fresh process starts a silo that knows 30 grain types (and those of this bench), until it takes calls.</summary>
internal static class StartFigure
{
    public const string Part = "start";
    public const string Child = "start";
    public const string BaselineChild = "host";

    public static async Task AddAsync(BenchContext context)
    {
        IReadOnlyList<double> rounds = await context.RoundsAsync("starts of a silo, in processes of their own", () => ChildProcess.MeasureAsync(Child));
        IReadOnlyList<double> baseline = await context.RoundsAsync("baseline: starts of an empty host", () => ChildProcess.MeasureAsync(BaselineChild), rounds: 3);
        context.Add("silo.start.30", "ms", rounds, Goal.AtMost(300), new Baseline("empty generic host", Figure.Median(baseline)));
    }

    public static async Task<double> MeasureAsync()
    {
        long start = Stopwatch.GetTimestamp();
        await using TestCluster cluster = await BenchCluster.DeployAsync<QuietSetup>(1);
        double time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        await cluster.StopAllSilosAsync();
        return time;
    }

    public static async Task<double> MeasureHostAsync()
    {
        long start = Stopwatch.GetTimestamp();
        using IHost host = Host.CreateEmptyApplicationBuilder(null).Build();
        await host.StartAsync();
        double time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        await host.StopAsync();
        return time;
    }
}
