using Betar.Ethereum;
using Betar.X402;

namespace Betar.Storage.Ledger;

/// <summary>What the walk along the orders needs of an entry: everything but the texts and the body.</summary>
internal readonly record struct ChainLink(
    long Sequence, PaymentKey Payment, int Index, LedgerKind Kind, AtomicAmount Amount, Hash32 PreviousHash, Hash32 Hash);
