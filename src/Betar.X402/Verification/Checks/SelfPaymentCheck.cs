namespace Betar.X402.Verification.Checks;

/// <summary>Nobody pays themselves: it would buy work for nothing.</summary>
internal sealed class SelfPaymentCheck : IPaymentCheck
{
    public VerificationReason? Check(SignedPayment payment, in CheckContext context) =>
        payment.Terms.From == payment.Terms.To ? VerificationReasons.SelfPayment : null;
}
