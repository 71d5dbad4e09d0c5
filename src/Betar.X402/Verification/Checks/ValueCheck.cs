namespace Betar.X402.Verification.Checks;

/// <summary>Row 8: the value is the offer's, exactly; more is refused as less is.</summary>
internal sealed class ValueCheck : IPaymentCheck
{
    public VerificationReason? Check(SignedPayment payment, in CheckContext context) =>
        payment.Terms.Value == context.Offer.Amount ? null : VerificationReasons.ValueMismatch;
}
