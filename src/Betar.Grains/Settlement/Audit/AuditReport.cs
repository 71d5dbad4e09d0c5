namespace Betar.Grains.Settlement.Audit;

/// <summary>What the comparison of a ledger with a chain found.</summary>
/// <param name="Rows">Entries with a transaction that were compared.</param>
/// <param name="Transfers">Transfers to or from our accounts that the chain showed.</param>
/// <param name="Open">Transfers of orders whose entry is still to be written.</param>
/// <param name="Others">Transfers to our accounts that no authorisation made: gifts, faucets, an owner's own.</param>
/// <param name="Faults">Every disagreement.</param>
public sealed record AuditReport(int Rows, int Transfers, int Open, int Others, IReadOnlyList<AuditFault> Faults)
{
    public bool Ok => Faults.Count == 0;
}
