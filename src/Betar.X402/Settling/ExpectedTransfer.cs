using Betar.Ethereum;

namespace Betar.X402.Settling;

/// <summary>Who must have got what from whom.</summary>
public sealed record ExpectedTransfer(Address Token, Address From, Address To, AtomicAmount Value)
{
    /// <summary>Whether these logs hold exactly this transfer, by exactly this token.</summary>
    public bool IsIn(IEnumerable<LogEntry> logs) => logs.Any(log =>
        TransferEvent.TryDecode(log, Token, out var transfer) && transfer!.From == From && transfer.To == To && transfer.Value == Value.Units);
}
