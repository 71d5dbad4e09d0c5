using Betar.Ethereum;
using Betar.X402.Settling;
using Betar.X402.Wire;

namespace Betar.X402.Schemes.AuthCapture;

/// <summary>Brings the money into the escrow. Who may: the operator that the payer signed.</summary>
internal static class AuthCaptureSettle
{
    internal static ContractCall Call(AuthCapturePayment payment) => new(
        payment.Terms.Deployment.Escrow,
        AuthCaptureContract.Authorize.Encode(payment.Info.Encoded, payment.Amount.Units, payment.Terms.Deployment.Eip3009Collector, payment.Signature),
        AuthCaptureDeployment.AuthorizeGasLimit);

    internal static SettlementRequest Request(AuthCapturePayment payment) => new()
    {
        Key = payment.Key,
        Call = Call(payment),
        Transfer = new ExpectedTransfer(payment.Offer.Asset.Address, payment.Payer, payment.Terms.Deployment.Eip3009Collector, payment.Amount),
        ValidBefore = payment.ValidBefore,
        Use = new AuthorizationUse(payment.Offer.Asset.Address, payment.Payer, payment.Authorization.Nonce.Value),
    };

    internal static string? ReasonOf(SettlementStatus status) => status switch
    {
        SettlementStatus.Settled => null,
        SettlementStatus.Pending => WireReasons.SettlementPending,
        SettlementStatus.Used => Verification.VerificationReasons.NonceAlreadyUsed.Text,
        _ => AuthCaptureReasons.AuthorizeFailed,
    };
}
