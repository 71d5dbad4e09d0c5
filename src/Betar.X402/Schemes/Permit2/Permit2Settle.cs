using Betar.Ethereum;
using Betar.X402.Settling;
using Betar.X402.Wire;

namespace Betar.X402.Schemes.Permit2;

/// <summary>What the settlements of permits have in common.</summary>
internal static class Permit2Settle
{
    /// <summary>The contract's own struct: what was permitted, the nonce, the deadline.</summary>
    internal static object[] Permit(Permit2Terms terms) => [new object[] { terms.Token, terms.Amount.Units }, terms.Nonce, terms.Deadline];

    internal static SettlementRequest Request(Permit2Payment payment, ContractCall call, AtomicAmount amount) => new()
    {
        Key = payment.Key,
        Call = call,
        Transfer = new ExpectedTransfer(payment.Terms.Token, payment.Payer, payment.Terms.To, amount),
        ValidBefore = payment.ValidBefore,
    };

    internal static string? ReasonOf(SettlementStatus status, string failed) => status switch
    {
        SettlementStatus.Settled => null,
        SettlementStatus.Used => Permit2Reasons.NonceUsed.Text,
        SettlementStatus.Pending => WireReasons.SettlementPending,
        _ => failed,
    };
}
