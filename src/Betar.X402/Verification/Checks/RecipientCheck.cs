namespace Betar.X402.Verification.Checks;

/// <summary>Row 5: the money goes where the offer says.</summary>
internal sealed class RecipientCheck : IPaymentCheck
{
    public VerificationReason? Check(SignedPayment payment, in CheckContext context) =>
        payment.Terms.To == context.Offer.PayTo ? null : VerificationReasons.RecipientMismatch;
}
