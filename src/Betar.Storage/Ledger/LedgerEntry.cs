using Betar.Ethereum;
using Betar.X402;

namespace Betar.Storage.Ledger;

/// <summary>An entry of the ledger. <paramref name="Hash"/> covers every other field; <paramref name="PreviousHash"/> is the
/// hash of the order's entry before, or zero.</summary>
public sealed record LedgerEntry(
    long Sequence,
    PaymentKey Payment,
    int Index,
    LedgerKind Kind,
    DateTimeOffset At,
    string AgentId,
    AtomicAmount Amount,
    string Reference,
    ReadOnlyMemory<byte> Body,
    Hash32 PreviousHash,
    Hash32 Hash);
