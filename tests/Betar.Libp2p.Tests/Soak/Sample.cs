using System.Diagnostics;

namespace Betar.Libp2p.Tests.Soak;

/// <summary>What the process holds once its garbage is gone.</summary>
internal sealed record Sample(long Memory, int Handles, int Threads)
{
    public static Sample Take()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        using var process = Process.GetCurrentProcess();
        var handles = Directory.Exists("/proc/self/fd") ? Directory.GetFileSystemEntries("/proc/self/fd").Length : process.HandleCount;
        return new Sample(GC.GetTotalMemory(forceFullCollection: true), handles, process.Threads.Count);
    }
}
