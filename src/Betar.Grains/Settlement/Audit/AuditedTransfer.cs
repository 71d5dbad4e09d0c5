using Betar.Ethereum;

namespace Betar.Grains.Settlement.Audit;

/// <summary>A transfer by authorisation as an entry of the ledger claims it.</summary>
/// <param name="Payment">The order's key.</param>
/// <param name="Hash">The transaction that the entry names.</param>
internal sealed record AuditedTransfer(string Payment, string Hash, Address From, Address To, UInt256 Value, Hash32 Nonce);
