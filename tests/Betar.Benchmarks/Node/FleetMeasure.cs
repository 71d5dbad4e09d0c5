using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Betar.Marketplace;

namespace Betar.Benchmarks.Node;

/// <summary>A node with so many agents in a process of its own: how long until all are listed, what it holds in memory, and how fast one is found.</summary>
internal sealed record FleetMeasure(double StartSeconds, long Bytes, int Listed, double LookupP50, double LookupP99)
{
    public const string Verb = "--fleet";

    private const int Lookups = 20_000;

    /// <summary>In a fresh process of this program.</summary>
    public static async Task<FleetMeasure> OfAsync(int agents)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Betar.Benchmarks"))
        {
            ArgumentList = { Verb, agents.ToString(CultureInfo.InvariantCulture) }, RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<FleetMeasure>(output)!
            : throw new InvalidOperationException($"The fleet of {agents} agents ended with {process.ExitCode}: {output}");
    }

    public static async Task<int> RunAsync(string agents, TextWriter output)
    {
        int count = int.Parse(agents, CultureInfo.InvariantCulture);
        long started = Stopwatch.GetTimestamp();
        await using FleetNode fleet = await FleetNode.StartAsync(count);
        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        long bytes = ResidentMemory.Of(Environment.ProcessId);
        IMarketplace market = fleet.Node.Network.Market.Market;
        double[] times = [.. Enumerable.Range(0, Lookups).Select(n => Milliseconds(market, fleet.IdOf((int)(n * 7_919L % count)))).Order()];
        await output.WriteLineAsync(JsonSerializer.Serialize(
            new FleetMeasure(seconds, bytes, market.Own.Count, times[times.Length / 2], times[times.Length * 99 / 100])));
        return 0;
    }

    private static double Milliseconds(IMarketplace market, string id)
    {
        long started = Stopwatch.GetTimestamp();
        return market.Find(id) is not null
            ? Stopwatch.GetElapsedTime(started).TotalMilliseconds
            : throw new InvalidOperationException($"'{id}' is not listed.");
    }
}
