using System.Diagnostics;
using System.Globalization;
using DiagnosticsProcess = System.Diagnostics.Process;

namespace Betar.Agents.Processes;

/// <summary>
/// Starts a program in a session of its own and under its limits. The script that sets them is fixed, and the program and its
/// arguments are handed through it one by one: nothing of them is ever read as a script.
/// </summary>
internal static class ProcessLauncher
{
    private const string Shell = "/bin/sh";

    private const string Script =
        "ulimit -c 0; [ \"$1\" = 0 ] || ulimit -t \"$1\"; [ \"$2\" = 0 ] || ulimit -d \"$2\"; "
        + "[ -z \"$3\" ] || echo $$ > \"$3/cgroup.procs\" || exit 126; shift 3; exec \"$@\"";

    private static readonly string[] s_sessions = ["/usr/bin/setsid", "/bin/setsid"];

    /// <exception cref="System.ComponentModel.Win32Exception">The machine starts no process.</exception>
    public static DiagnosticsProcess Start(ProcessPlan plan)
    {
        var start = new ProcessStartInfo
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = plan.Folder,
        };
        if (Array.Find(s_sessions, File.Exists) is { } session)
        {
            start.FileName = session;
            start.ArgumentList.Add(Shell);
        }
        else
            start.FileName = Shell;
        foreach (string argument in (string[])["-c", Script, "launch", Text(plan.CpuSeconds), Text(plan.MemoryKibibytes), plan.ControlGroup, .. plan.Command])
            start.ArgumentList.Add(argument);

        start.Environment.Clear();
        foreach ((string name, string value) in plan.Environment)
            start.Environment[name] = value;
        return DiagnosticsProcess.Start(start) ?? throw new InvalidOperationException("No process was started.");
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
