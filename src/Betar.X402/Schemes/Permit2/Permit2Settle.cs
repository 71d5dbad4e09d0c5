using Betar.Ethereum;
using Betar.X402.Settling;
using Betar.X402.Wire;

namespace Betar.X402.Schemes.Permit2;

/// <summary>What the settlements of permits have in common.</summary>
internal static class Permit2Settle
{
    private static readonly TimeSpan ClockMargin = TimeSpan.FromMinutes(10);

    /// <summary>The contract's own struct: what was permitted, the nonce, the deadline.</summary>
    internal static object[] Permit(Permit2Terms terms) => [new object[] { terms.Token, terms.Amount.Units }, terms.Nonce, terms.Deadline];

    internal static SettlementRequest Request(Permit2Payment payment, ContractCall call, AtomicAmount amount) => new()
    {
        Key = payment.Key,
        Call = call,
        Transfer = new ExpectedTransfer(payment.Terms.Token, payment.Payer, payment.Terms.To, amount),
        ValidBefore = payment.ValidBefore,
        Permit = Use(payment),
        Since = Since(payment),
        Sender = payment.Sender,
    };

    internal static PermitUse Use(Permit2Payment payment) => new(Permit2Contracts.Permit2, payment.Payer, payment.Terms.Nonce);

    // No permit is taken that ends later than the offer's time-out from now; the margin is for clocks.
    private static ulong Since(Permit2Payment payment)
    {
        var window = (ulong)((payment.Offer.MaxTimeout + ClockMargin).Ticks / TimeSpan.TicksPerSecond);
        return payment.ValidBefore > window ? payment.ValidBefore - window : 0;
    }

    internal static string? ReasonOf(SettlementStatus status, string failed) => status switch
    {
        SettlementStatus.Settled => null,
        SettlementStatus.Used => Permit2Reasons.NonceUsed.Text,
        SettlementStatus.Pending => WireReasons.SettlementPending,
        _ => failed,
    };
}
