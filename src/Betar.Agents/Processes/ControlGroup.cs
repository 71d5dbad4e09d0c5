using System.Globalization;
using System.Security.Cryptography;

namespace Betar.Agents.Processes;

/// <summary>A control group (version 2) for one process and all that it starts, in a folder that the operator gave to the node.</summary>
internal sealed class ControlGroup : IDisposable
{
    /// <summary>Most processes in one group.</summary>
    private const int MaxProcesses = 512;

    private readonly string _folder;

    private ControlGroup(string folder) => _folder = folder;

    public string Folder => _folder;

    /// <returns>The group, or null when the folder is empty: then the limits of processes have to do.</returns>
    /// <exception cref="IOException">The node may not make groups there.</exception>
    public static ControlGroup? Create(string parent, int memoryMegabytes)
    {
        if (parent.Length == 0)
            return null;
        string folder = Path.Combine(parent, "task-" + RandomNumberGenerator.GetHexString(16, lowercase: true));
        Directory.CreateDirectory(folder);
        if (memoryMegabytes > 0)
        {
            File.WriteAllText(Path.Combine(folder, "memory.max"), (memoryMegabytes * 1024L * 1024).ToString(CultureInfo.InvariantCulture));
            File.WriteAllText(Path.Combine(folder, "memory.swap.max"), "0");
        }
        File.WriteAllText(Path.Combine(folder, "pids.max"), MaxProcesses.ToString(CultureInfo.InvariantCulture));
        return new ControlGroup(folder);
    }

    /// <summary>Ends all that is in it, however it left its parents.</summary>
    public void Kill() => File.WriteAllText(Path.Combine(_folder, "cgroup.kill"), "1");

    /// <summary>A group goes when its last process is reaped; one that is not yet empty stays, and limits nobody.</summary>
    public void Dispose()
    {
        try
        {
            Directory.Delete(_folder);
        }
        catch (IOException)
        {
            // The kernel still counts a process that is going; the empty group is harmless.
        }
    }
}
