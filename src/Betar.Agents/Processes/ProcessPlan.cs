namespace Betar.Agents.Processes;

/// <summary>What is started, where, with what, and up to which limits; 0 is no limit.</summary>
internal sealed record ProcessPlan(
    IReadOnlyList<string> Command, string Folder, IReadOnlyDictionary<string, string> Environment, long CpuSeconds, long MemoryKibibytes, string ControlGroup);
