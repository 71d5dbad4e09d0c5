using System.Runtime.CompilerServices;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.X402.Verification;

namespace Betar.X402.Schemes;

/// <summary>The one way in which keys' signatures over typed data are judged: 65 bytes, in range, low s, recovered to the signer.</summary>
internal static class TypedSignature
{
    /// <summary>When the form is right, <paramref name="signature"/> is r‖s‖v with v 27 or 28; where wallets sign, it may be any other bytes too.</summary>
    internal static VerificationOutcome Read(string text, SignatureCheckOptions? wallets, out byte[] signature)
    {
        var outcome = SignedPaymentReader.TryReadSignature(text, wallets, out signature);
        if (!outcome.IsAccepted || signature.Length != SignedPaymentReader.SignatureSize)
        {
            return outcome;
        }

        if (!Secp256k1.IsScalar(signature.AsSpan(0, 32)) || !Secp256k1.IsScalar(signature.AsSpan(32, 32)))
        {
            return VerificationReasons.SignatureRange;
        }

        return Secp256k1.IsLowS(signature.AsSpan(32, 32)) ? VerificationOutcome.Accepted : VerificationReasons.SignatureHighS;
    }

    [SkipLocalsInit]
    internal static bool IsBy(Address signer, Hash32 digest, ReadOnlySpan<byte> signature)
    {
        Span<byte> publicKey = stackalloc byte[PrivateKey.PublicKeySize];
        return signature.Length == SignedPaymentReader.SignatureSize
            && Secp256k1.TryRecover(digest.ToArray(), signature[..64], signature[64] - SignedPaymentReader.FirstV, publicKey)
            && Address.FromPublicKey(publicKey) == signer;
    }
}
