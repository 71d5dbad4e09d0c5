using System.Diagnostics;

namespace Betar.Node.Folder;

/// <summary>Whether a process lives.</summary>
internal static class ProcessTable
{
    public static bool IsAlive(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
