namespace Betar.X402.Verification.Checks;

/// <summary>Looks at a payment's values. Null when it finds nothing wrong.</summary>
internal interface IPaymentCheck
{
    VerificationReason? Check(SignedPayment payment, in CheckContext context);
}
