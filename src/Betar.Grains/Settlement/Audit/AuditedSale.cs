using Betar.Ethereum;
using Betar.X402;

namespace Betar.Grains.Settlement.Audit;

/// <summary>Of a sale that stands beside the ledger, what the chain can speak to.</summary>
/// <param name="Payment">Its payment.</param>
/// <param name="Payee">Who was paid.</param>
/// <param name="Paid">How much moved; zero: nothing did.</param>
/// <param name="Transaction">Where.</param>
/// <param name="ByPermit">It was moved by a permit, and not by an authorisation of the token.</param>
/// <param name="GoesBack">How much of it is owed or was paid back; zero: nothing.</param>
/// <param name="PaidBack">Where it was; empty: it has not been yet.</param>
/// <param name="IsConserved">What was paid is earned, owed or gone back, to the unit.</param>
public sealed record AuditedSale(PaymentKey Payment, Address Payee, UInt256 Paid, string Transaction, bool ByPermit, UInt256 GoesBack, string PaidBack, bool IsConserved)
{
    internal IEnumerable<AuditedTransfer> Claims(Address refunds)
    {
        string payment = Payment.ToString();
        if (!Paid.IsZero)
            yield return new AuditedTransfer(payment, Transaction, Payment.From, Payee, Paid, ByPermit ? null : Payment.Nonce.Value);
        if (PaidBack.Length > 0)
            yield return new AuditedTransfer(payment, PaidBack, refunds, Payment.From, GoesBack, Payments.RefundAccount.NonceOf(payment).Value);
    }
}
