namespace Betar.X402.Verification.Checks;

/// <summary>Row 7: the authorisation is valid already.</summary>
internal sealed class ValidAfterCheck : IPaymentCheck
{
    public VerificationReason? Check(SignedPayment payment, in CheckContext context) =>
        payment.Terms.ValidAfter <= context.NowSeconds ? null : VerificationReasons.ValidAfter;
}
