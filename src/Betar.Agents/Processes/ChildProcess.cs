using System.Globalization;
using System.Security.Cryptography;
using Betar.Crypto.Native;
using DiagnosticsProcess = System.Diagnostics.Process;

namespace Betar.Agents.Processes;

/// <summary>A running program with everything that it started. Disposing it ends them all and removes the folder that was made for it.</summary>
internal sealed class ChildProcess : IDisposable
{
    /// <summary>By this variable, which all that it starts inherit, those are found that left its session.</summary>
    private const string MarkVariable = "BETAR_TASK";

    private readonly DiagnosticsProcess _process;
    private readonly string _mark;
    private readonly ControlGroup? _group;
    private readonly string? _ownFolder;
    private bool _killed;

    private ChildProcess(DiagnosticsProcess process, string mark, ControlGroup? group, string? ownFolder)
    {
        _process = process;
        _mark = mark;
        _group = group;
        _ownFolder = ownFolder;
        Id = process.Id;
    }

    public int Id { get; }

    public Stream Input => _process.StandardInput.BaseStream;

    public Stream Output => _process.StandardOutput.BaseStream;

    public Stream Errors => _process.StandardError.BaseStream;

    public int ExitCode => _process.ExitCode;

    public static ChildProcess Start(ProcessSettings settings, IReadOnlyDictionary<string, string> environment, string controlGroups)
    {
        ControlGroup? group = ControlGroup.Create(controlGroups, settings.MemoryMegabytes);
        string? ownFolder = settings.WorkingFolder.Length == 0 ? Directory.CreateTempSubdirectory("betar-task-").FullName : null;
        try
        {
            string mark = RandomNumberGenerator.GetHexString(32, lowercase: true);
            var plan = new ProcessPlan(
                settings.Command, ownFolder ?? settings.WorkingFolder, new Dictionary<string, string>(environment) { [MarkVariable] = mark },
                settings.Mode == ProcessSettings.WorkerMode ? 0 : settings.CpuSeconds,
                settings.MemoryMegabytes * 1024L, group?.Folder ?? "");
            return new ChildProcess(ProcessLauncher.Start(plan), mark, group, ownFolder);
        }
        catch
        {
            Remove(group, ownFolder);
            throw;
        }
    }

    public Task WaitForExitAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    /// <summary>Its tree while its root lives, its group, whoever has its mark, its control group: who leaves one is in another.</summary>
    public void Kill()
    {
        if (_killed)
            return;
        _killed = true;
        _group?.Kill();
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        ProcessGroups.Kill(Id);
        foreach (int member in Marked())
            ProcessGroups.KillOne(member);
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
        Remove(_group, _ownFolder);
    }

    private static void Remove(ControlGroup? group, string? ownFolder)
    {
        group?.Dispose();
        try
        {
            if (ownFolder is not null)
                Directory.Delete(ownFolder, recursive: true);
        }
        catch (IOException)
        {
            // A process that is just going wrote into it once more; what is left is in the folder for temporary files.
        }
    }

    /// <summary>Processes with the mark of this one in their environment; none where the system does not list them.</summary>
    private IEnumerable<int> Marked()
    {
        if (!Directory.Exists("/proc/self"))
            yield break;
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int process) && process > 1 && IsMarked(folder))
                yield return process;
    }

    private bool IsMarked(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "environ")).Contains(_mark, StringComparison.Ordinal);
        }
        catch (Exception foreign) when (foreign is IOException or UnauthorizedAccessException)
        {
            // Another user's, or gone meanwhile.
            return false;
        }
    }
}
