namespace Betar.X402.Verification.Checks;

/// <summary>The authorisation does not outlive the offer's time-out by more than the tolerance.</summary>
internal sealed class WindowLengthCheck : IPaymentCheck
{
    public VerificationReason? Check(SignedPayment payment, in CheckContext context) =>
        payment.Terms.ValidBefore <= CheckContext.ToSeconds(context.Now + context.Offer.MaxTimeout + context.Options.WindowTolerance)
            ? null
            : VerificationReasons.WindowTooLong;
}
