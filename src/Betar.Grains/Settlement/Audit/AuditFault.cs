namespace Betar.Grains.Settlement.Audit;

/// <param name="Kind">What is wrong.</param>
/// <param name="Payment">The order's key; empty when the ledger has none.</param>
/// <param name="Transaction">The transaction's hash; empty when there is none.</param>
/// <param name="Message">One sentence.</param>
public sealed record AuditFault(AuditFaultKind Kind, string Payment, string Transaction, string Message);
