using Betar.Storage.Sessions;
using Betar.X402;

namespace Betar.Storage.Ledger;

/// <summary>An entry that somebody wants to write.</summary>
/// <param name="Payment">The order.</param>
/// <param name="Index">0, 1, 2… in the order's chain; who writes an index first has it.</param>
/// <param name="Kind">What happened.</param>
/// <param name="AgentId">Who sold.</param>
/// <param name="Amount">The same along an order.</param>
/// <param name="Reference">A transaction hash, a reason code, or nothing.</param>
/// <param name="Body">What must be found again, for instance the answer. Not to be changed by the caller until the append completes.</param>
public sealed record LedgerAppend(
    PaymentKey Payment,
    int Index,
    LedgerKind Kind,
    string AgentId,
    AtomicAmount Amount,
    string Reference,
    ReadOnlyMemory<byte> Body)
{
    /// <summary>What the session log records with the entry: both are written, or neither is.</summary>
    public SessionExchange? Exchange { get; init; }
}
