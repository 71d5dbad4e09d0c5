using Betar.Ethereum;
using Betar.X402.Settling;
using Betar.X402.Verification;
using Betar.X402.Wire;

namespace Betar.X402.Schemes.ExactEip3009;

/// <summary>The token moves the money itself, for whoever pays the gas.</summary>
internal static class Eip3009Settle
{
    internal static SettlementRequest Request(Eip3009Payment payment)
    {
        var authorization = payment.Signed.ToTransferAuthorization();
        var token = payment.Offer.Asset.Address;
        return new SettlementRequest
        {
            Key = payment.Key,
            Call = Eip3009Token.Settle(token, authorization),
            Transfer = new ExpectedTransfer(token, authorization.From, authorization.To, payment.Amount),
            ValidBefore = authorization.ValidBefore,
            Authorization = authorization,
        };
    }

    internal static string? ReasonOf(SettlementStatus status) => status switch
    {
        SettlementStatus.Settled => null,
        SettlementStatus.TransferMissing => Eip3009Reasons.TransferMismatch,
        SettlementStatus.Used => VerificationReasons.NonceAlreadyUsed.Text,
        SettlementStatus.Pending => WireReasons.SettlementPending,
        _ => Eip3009Reasons.TransactionFailed,
    };
}
