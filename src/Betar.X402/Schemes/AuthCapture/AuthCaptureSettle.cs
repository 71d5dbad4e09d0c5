using Betar.Ethereum;
using Betar.X402.Settling;
using Betar.X402.Wire;

namespace Betar.X402.Schemes.AuthCapture;

/// <summary>Brings the money into the escrow. Who may: the operator that the payer signed.</summary>
internal static class AuthCaptureSettle
{
    internal static ContractCall Call(AuthCapturePayment payment) => new(
        payment.Terms.Deployment.Escrow,
        AuthCaptureContract.Authorize.Encode(payment.Info.Encoded, payment.Amount.Units, payment.Terms.Deployment.Eip3009Collector, SignatureChecks.Unwrap(payment.Signature)),
        AuthCaptureDeployment.AuthorizeGasLimit);

    /// <summary>
    /// What somebody else brought counts only with the escrow's own event: a transfer under the same nonce would reach the collector and be no
    /// payment. Where that event is not published, only a transaction of exactly this call counts.
    /// </summary>
    internal static SettlementRequest Request(AuthCapturePayment payment)
    {
        var (deployment, token) = (payment.Terms.Deployment, payment.Offer.Asset.Address);
        var id = AuthCaptureHasher.PaymentId(payment.Offer.Asset.Network, deployment.Escrow, payment.Info);
        return new SettlementRequest
        {
            Key = payment.Key,
            Call = Call(payment),
            Transfer = new ExpectedTransfer(token, payment.Payer, deployment.Eip3009Collector, payment.Amount),
            Event = deployment.IsPublished ? new ExpectedEvent(deployment.Escrow, AuthCaptureContract.Authorized, id) : null,
            ValidBefore = payment.ValidBefore,
            Use = new AuthorizationUse(token, payment.Payer, payment.Authorization.Nonce.Value),
            Sender = payment.Sender,
        };
    }

    internal static string? ReasonOf(SettlementStatus status) => status switch
    {
        SettlementStatus.Settled => null,
        SettlementStatus.Pending => WireReasons.SettlementPending,
        SettlementStatus.Used => Verification.VerificationReasons.NonceAlreadyUsed.Text,
        _ => AuthCaptureReasons.AuthorizeFailed,
    };
}
