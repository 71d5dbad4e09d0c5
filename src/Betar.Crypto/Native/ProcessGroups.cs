using System.Runtime.InteropServices;

namespace Betar.Crypto.Native;

/// <summary>Ends processes together with those that they started. The framework can end one process, or a tree whose root still lives.</summary>
public static partial class ProcessGroups
{
    private const string Library = "libc";
    private const int KillSignal = 9;

    /// <summary>Ends every process of the group that <paramref name="leader"/> leads or led. Does nothing on Windows, and when nobody is left.</summary>
    public static void Kill(int leader)
    {
        // Zero and one would be this process's own group, and everybody.
        ArgumentOutOfRangeException.ThrowIfLessThan(leader, 2);
        if (!OperatingSystem.IsWindows())
            _ = kill(-leader, KillSignal);
    }

    /// <summary>Ends one process, if it is still there.</summary>
    public static void KillOne(int process)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(process, 2);
        if (!OperatingSystem.IsWindows())
            _ = kill(process, KillSignal);
    }

    [LibraryImport(Library)]
    private static partial int kill(int process, int signal);
}
