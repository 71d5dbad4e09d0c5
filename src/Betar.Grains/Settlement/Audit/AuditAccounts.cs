using Betar.Ethereum;

namespace Betar.Grains.Settlement.Audit;

/// <summary>The accounts that are watched on the chain.</summary>
/// <param name="Payees">Who earns; those that orders name are added.</param>
/// <param name="Refunds">Where refunds come from.</param>
public sealed record AuditAccounts(IReadOnlyList<Address> Payees, Address Refunds);
