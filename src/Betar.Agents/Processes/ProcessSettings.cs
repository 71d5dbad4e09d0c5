namespace Betar.Agents.Processes;

/// <summary>A program of this machine that does an agent's work.</summary>
internal sealed record ProcessSettings
{
    /// <summary>The program and its arguments; no shell reads them, and no caller's text is among them.</summary>
    public List<string> Command { get; set; } = [];

    /// <summary><c>task</c>: one process a task, which reads it from its input; <c>worker</c>: one process for many, which speaks JSON lines.</summary>
    public string Mode { get; set; } = TaskMode;

    /// <summary>Where it runs; empty: an empty folder of its own, which goes with it.</summary>
    public string WorkingFolder { get; set; } = "";

    /// <summary>Variables that it inherits from the node.</summary>
    public List<string> Inherit { get; set; } = ["PATH", "LANG"];

    /// <summary>Variables that it gets besides: values or references to secrets.</summary>
    public Dictionary<string, string> Environment { get; set; } = [];

    /// <summary>Longest that one task may take.</summary>
    public int TimeoutSeconds { get; set; } = 60;

    /// <summary>Processor time of one process; 0: no limit.</summary>
    public int CpuSeconds { get; set; } = 60;

    /// <summary>Memory of one process in mebibytes; 0: no limit.</summary>
    public int MemoryMegabytes { get; set; } = 512;

    /// <summary>Largest output in bytes.</summary>
    public int MaxOutputBytes { get; set; } = 1_048_576;

    /// <summary>Tasks that one worker does at once.</summary>
    public int MaxTasksAtOnce { get; set; } = 16;

    public bool Idempotent { get; set; }

    public const string TaskMode = "task";

    public const string WorkerMode = "worker";
}
