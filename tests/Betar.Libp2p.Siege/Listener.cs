using System.Diagnostics;
using System.Text.Json;

namespace Betar.Libp2p.Siege;

/// <summary>A host with its default limits, which tells how it is.</summary>
internal static class Listener
{
    public static async Task RunAsync()
    {
        await using var host = Libp2pHost.CreateBuilder().Listen("/ip4/127.0.0.1/tcp/0").WithEcho().WithPerf().Build();
        await host.StartAsync();
        Console.WriteLine(JsonSerializer.Serialize(new { address = host.Addresses[0].ToString() }));
        while (await Console.In.ReadLineAsync() is { } asked)
        {
            if (asked == "collect")
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            Console.WriteLine(JsonSerializer.Serialize(Report(host)));
        }
    }

    private static int Handles(Process process) =>
        Directory.Exists("/proc/self/fd") ? Directory.GetFileSystemEntries("/proc/self/fd").Length : process.HandleCount;

    private static object Report(Libp2pHost host)
    {
        using var process = Process.GetCurrentProcess();
        return new
        {
            memory = process.WorkingSet64,
            managed = GC.GetTotalMemory(forceFullCollection: false),
            allocated = GC.GetTotalAllocatedBytes(),
            collections = Enumerable.Range(0, GC.MaxGeneration + 1).Select(GC.CollectionCount),
            pause = Math.Round(GC.GetTotalPauseDuration().TotalMilliseconds),
            handles = Handles(process),
            connections = host.Connections.Count,
            limitHits = host.LimitHits,
        };
    }
}
