using Betar.Grains.Abstractions.Payments;
using Betar.Grains.Payments;
using Betar.Storage.Ledger;

namespace Betar.Grains.Settlement.Audit;

/// <summary>Of an order, what the chain can speak to.</summary>
internal sealed record AuditedOrder(PaidOrder Terms, LedgerKind Stage, bool AmountsAgree, string? Settled, string? Refunded)
{
    public static AuditedOrder Begin(LedgerEntry entry)
    {
        PaidOrder terms = OrderState.Fold([entry])!.Order;
        return new AuditedOrder(terms, entry.Kind, terms.Value == entry.Amount.ToString(), null, null);
    }

    public AuditedOrder Then(LedgerEntry entry) => this with
    {
        Stage = entry.Kind,
        AmountsAgree = AmountsAgree && Terms.Value == entry.Amount.ToString(),
        Settled = entry.Kind == LedgerKind.Settled ? entry.Reference : Settled,
        Refunded = entry.Kind == LedgerKind.Refunded ? entry.Reference : Refunded,
    };
}
