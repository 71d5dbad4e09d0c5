using System.Buffers;
using Betar.Ethereum;
using Betar.X402.Eip712;
using Betar.X402.Networks;
using Betar.X402.Protocol;

namespace Betar.X402.Verification;

/// <summary>Reads the fields of an authorisation; each has one exact form.</summary>
internal static class SignedPaymentReader
{
    /// <summary>v of recovery id 0.</summary>
    internal const byte FirstV = 27;

    internal const int SignatureSize = 65;
    private const int SignatureTextLength = 2 + (2 * SignatureSize);

    // How a wrapped signature of a wallet that is not deployed yet ends (ERC-6492).
    private const string WrapperMagic = "6492649264926492649264926492649264926492649264926492649264926492";

    /// <param name="wallets">Null where only keys sign.</param>
    internal static VerificationOutcome TryRead(PaymentAsset asset, ExactPayload payload, out SignedPayment? payment, SignatureCheckOptions? wallets = null)
    {
        payment = null;
        var authorization = payload.Authorization!;
        if (!Address.TryParse(authorization.From, out var from) || !Address.TryParse(authorization.To, out var to))
        {
            return VerificationReasons.AddressMalformed;
        }

        if (!AtomicAmount.TryParse(authorization.Value, out var value)
            || !UInt256.TryParseDecimal(authorization.ValidAfter, out var validAfter)
            || !UInt256.TryParseDecimal(authorization.ValidBefore, out var validBefore))
        {
            return VerificationReasons.NumberMalformed;
        }

        // Any letter case: that the nonce is the quote's, to the letter, is a check of its own.
        if (!Hash32.TryParse(authorization.Nonce, out var nonce))
        {
            return VerificationReasons.NonceMalformed;
        }

        var outcome = TryReadSignature(payload.Signature, wallets, out var signature);
        if (outcome.IsAccepted)
        {
            payment = new SignedPayment(asset, new TransferTerms(from, to, value, validAfter, validBefore, new Nonce(nonce)), signature);
        }

        return outcome;
    }

    /// <summary>As a key's; where wallets sign, any other bytes too.</summary>
    internal static VerificationOutcome TryReadSignature(string text, SignatureCheckOptions? wallets, out byte[] signature)
    {
        if (wallets is not { AllowContractWallets: true } || text.Length is SignatureTextLength or < 4)
        {
            return TryReadSignature(text, out signature);
        }

        signature = [];
        if (text.Length > 2 + (2 * wallets.MaxSignatureBytes) || text.Length % 2 != 0 || !text.StartsWith("0x", StringComparison.Ordinal))
        {
            return VerificationReasons.SignatureMalformed;
        }

        var bytes = new byte[(text.Length - 2) / 2];
        if (Convert.FromHexString(text.AsSpan(2), bytes, out _, out _) != OperationStatus.Done)
        {
            return VerificationReasons.SignatureMalformed;
        }

        signature = bytes;
        return VerificationOutcome.Accepted;
    }

    internal static VerificationOutcome TryReadSignature(string text, out byte[] signature)
    {
        signature = [];
        if (text.Length != SignatureTextLength || !text.StartsWith("0x", StringComparison.Ordinal))
        {
            return text.EndsWith(WrapperMagic, StringComparison.Ordinal)
                ? VerificationReasons.FactoryNotAllowed
                : VerificationReasons.SignatureMalformed;
        }

        var bytes = new byte[SignatureSize];
        if (Convert.FromHexString(text.AsSpan(2), bytes, out _, out _) != OperationStatus.Done)
        {
            return VerificationReasons.SignatureMalformed;
        }

        ref var v = ref bytes[SignatureSize - 1];
        if (v is not (0 or 1 or FirstV or FirstV + 1))
        {
            return VerificationReasons.SignatureV;
        }

        v = v < FirstV ? (byte)(v + FirstV) : v;
        signature = bytes;
        return VerificationOutcome.Accepted;
    }
}
