using Betar.Ethereum;

namespace Betar.Grains.Settlement.Audit;

/// <summary>A transfer by authorisation as an entry of the ledger or a receipt claims it.</summary>
/// <param name="Payment">The order's key.</param>
/// <param name="Hash">The transaction that is named for it.</param>
/// <param name="From">Who paid.</param>
/// <param name="To">Who was paid.</param>
/// <param name="Value">How much.</param>
/// <param name="Nonce">The authorisation's; null: it was moved by a permit, of which the token's events say nothing.</param>
public sealed record AuditedTransfer(string Payment, string Hash, Address From, Address To, UInt256 Value, Hash32? Nonce);
