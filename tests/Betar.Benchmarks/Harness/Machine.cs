using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Betar.Benchmarks.Harness;

/// <summary>What the figures were measured on.</summary>
internal sealed record Machine(int Cores, long MemoryBytes, string Os, string Dotnet, double FsyncP50Us, double FsyncP99Us)
{
    public static Machine Read()
    {
        double[] fsync = MeasureFsync();
        return new Machine(
            Environment.ProcessorCount,
            GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
            RuntimeInformation.OSDescription,
            Environment.Version.ToString(),
            Math.Round(fsync[fsync.Length / 2], 1),
            Math.Round(fsync[fsync.Length * 99 / 100], 1));
    }

    /// <summary>1,000 appends of 4 KiB, each flushed to the disk, in the folder where benches keep their data; shortest first.</summary>
    private static double[] MeasureFsync()
    {
        string path = Path.Combine(Path.GetTempPath(), $"betar-fsync-{Environment.ProcessId}");
        var times = new double[1_000];
        using (var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose))
        {
            byte[] page = new byte[4096];
            for (int i = 0; i < times.Length; i++)
            {
                file.Write(page);
                long start = Stopwatch.GetTimestamp();
                file.Flush(flushToDisk: true);
                times[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            }
        }
        Array.Sort(times);
        return times;
    }
}
