namespace Betar.Mutants.Building;

/// <summary>How a program ended; without a code when its time was up.</summary>
internal sealed record ToolRun(int? ExitCode, string Output);
