namespace Betar.Ethereum;

/// <summary>What became of a transaction that a block includes.</summary>
public sealed record TransactionReceipt(
    Hash32 TransactionHash,
    bool Succeeded,
    ulong BlockNumber,
    Hash32 BlockHash,
    int TransactionIndex,
    Address From,
    Address? To,
    ulong GasUsed,
    IReadOnlyList<LogEntry> Logs);
