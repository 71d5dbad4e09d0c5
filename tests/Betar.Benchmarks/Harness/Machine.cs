using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Betar.Benchmarks.Harness;

/// <summary>What the figures were measured on.</summary>
internal sealed record Machine(int Cores, long MemoryBytes, string Os, string Dotnet, double FsyncP50Us)
{
    public static Machine Read() => new(
        Environment.ProcessorCount,
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        RuntimeInformation.OSDescription,
        Environment.Version.ToString(),
        MeasureFsync());

    /// <summary>Median of 200 appends of 4 KiB, each flushed to the disk, in the folder where benches keep their data.</summary>
    private static double MeasureFsync()
    {
        string path = Path.Combine(Path.GetTempPath(), $"betar-fsync-{Environment.ProcessId}");
        var times = new double[200];
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
        return Math.Round(Figure.Median(times), 1);
    }
}
