namespace Betar.X402.Verification.Checks;

/// <summary>The payer is not on the operator's block list.</summary>
internal sealed class BlockedPayerCheck : IPaymentCheck
{
    public VerificationReason? Check(SignedPayment payment, in CheckContext context) =>
        context.Options.BlockList.IsBlocked(payment.Terms.From) ? VerificationReasons.PayerBlocked : null;
}
