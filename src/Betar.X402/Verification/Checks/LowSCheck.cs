using Betar.Crypto;

namespace Betar.X402.Verification.Checks;

/// <summary>Every signature has a twin with n-s, which recovers to the same signer and which tokens refuse.</summary>
internal sealed class LowSCheck : IPaymentCheck
{
    public VerificationReason? Check(SignedPayment payment, in CheckContext context) =>
        !payment.IsByKey || Secp256k1.IsLowS(payment.S) ? null : VerificationReasons.SignatureHighS;
}
