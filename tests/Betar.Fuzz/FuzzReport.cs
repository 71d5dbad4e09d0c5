namespace Betar.Fuzz;

/// <summary>What a run has done: it ends at its first finding.</summary>
internal sealed record FuzzReport(string Target, long Rounds, long Taken, FuzzFinding? Finding);
