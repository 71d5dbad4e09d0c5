using Betar.Crypto;

namespace Betar.X402.Verification.Checks;

/// <summary>r and s are in [1, n-1].</summary>
internal sealed class SignatureRangeCheck : IPaymentCheck
{
    public VerificationReason? Check(SignedPayment payment, in CheckContext context) =>
        !payment.IsByKey || (Secp256k1.IsScalar(payment.R) && Secp256k1.IsScalar(payment.S)) ? null : VerificationReasons.SignatureRange;
}
