namespace Betar.Ethereum;

/// <summary>The logs of some blocks, in the chain's order.</summary>
/// <param name="TakenBackFrom">Logs of this block and of all after it, handed out before, are no longer part of the chain; null when none are.</param>
public sealed record LogBatch(ulong FromBlock, ulong ToBlock, IReadOnlyList<LogEntry> Logs, ulong? TakenBackFrom);
