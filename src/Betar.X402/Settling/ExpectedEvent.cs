using Betar.Ethereum;

namespace Betar.X402.Settling;

/// <summary>What a contract must have written: the event and its first indexed value.</summary>
public sealed record ExpectedEvent(Address Contract, Hash32 Topic, Hash32 Subject)
{
    public bool IsIn(IEnumerable<LogEntry> logs) =>
        logs.Any(log => log.Address == Contract && log.Topics.Count > 1 && log.Topics[0] == Topic && log.Topics[1] == Subject);
}
