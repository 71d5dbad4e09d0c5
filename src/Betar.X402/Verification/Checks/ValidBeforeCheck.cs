namespace Betar.X402.Verification.Checks;

/// <summary>Row 6: enough time is left to settle.</summary>
internal sealed class ValidBeforeCheck : IPaymentCheck
{
    public VerificationReason? Check(SignedPayment payment, in CheckContext context) =>
        payment.Terms.ValidBefore >= CheckContext.ToSeconds(context.Now + context.Options.ExpiryMargin)
            ? null
            : VerificationReasons.ValidBefore;
}
