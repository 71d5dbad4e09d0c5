namespace Betar.Ethereum.Tests.Support;

internal sealed record ModelBlock(BlockHeader Header, IReadOnlyList<SignedTransaction> Transactions, IReadOnlyList<LogEntry> Logs);
