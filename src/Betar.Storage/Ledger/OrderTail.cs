using Betar.Ethereum;
using Betar.X402;

namespace Betar.Storage.Ledger;

/// <summary>The end of an order's chain: all that the next append needs to know.</summary>
internal readonly record struct OrderTail(long First, long Last, int Index, LedgerKind Kind, AtomicAmount Amount, Hash32 Hash);
