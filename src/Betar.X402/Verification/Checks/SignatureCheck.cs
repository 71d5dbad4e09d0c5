using System.Runtime.CompilerServices;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.X402.Eip712;

namespace Betar.X402.Verification.Checks;

/// <summary>Row 4: the payer signed exactly this, under our domain of the token.</summary>
internal sealed class SignatureCheck : IPaymentCheck
{
    [SkipLocalsInit]
    public VerificationReason? Check(SignedPayment payment, in CheckContext context)
    {
        Span<byte> digest = stackalloc byte[Keccak256.Size];
        Span<byte> publicKey = stackalloc byte[PrivateKey.PublicKeySize];
        TransferAuthorizationHasher.Digest(payment.Asset.Domain, payment.Terms, digest);
        if (!payment.IsByKey || !Secp256k1.TryRecover(digest, payment.Signature[..64], payment.RecoveryId, publicKey))
        {
            return VerificationReasons.Signature;
        }

        return Address.FromPublicKey(publicKey) == payment.Terms.From ? null : VerificationReasons.Signature;
    }
}
