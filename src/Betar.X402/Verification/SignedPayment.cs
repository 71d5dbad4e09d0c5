using Betar.Ethereum;
using Betar.X402.Eip712;
using Betar.X402.Networks;

namespace Betar.X402.Verification;

/// <summary>
/// A payment whose text was read into values. Being one says nothing about who signed it: see
/// <see cref="PaymentVerifier.CheckSignature"/>.
/// </summary>
public sealed class SignedPayment
{
    private readonly byte[] _signature;

    internal SignedPayment(PaymentAsset asset, in TransferTerms terms, byte[] signature)
    {
        Asset = asset;
        Terms = terms;
        _signature = signature;
    }

    public PaymentAsset Asset { get; }

    public TransferTerms Terms { get; }

    public PaymentKey Key => new(Asset.Network, Asset.Address, Terms.From, Terms.Nonce);

    /// <summary>r‖s‖v with v normalised to 27 or 28, as token contracts want it; where wallets sign, it may be another length.</summary>
    public ReadOnlySpan<byte> Signature => _signature;

    /// <summary>Whether a key may have made it: only then are its parts to be looked at.</summary>
    internal bool IsByKey => _signature.Length == SignedPaymentReader.SignatureSize;

    /// <summary>What is settled. Only after the time window was checked: before, its ends may not even fit.</summary>
    public SignedTransferAuthorization ToTransferAuthorization() => new(
        Terms.From, Terms.To, Terms.Value.Units, (ulong)Terms.ValidAfter, (ulong)Terms.ValidBefore, Terms.Nonce.Value, SignatureChecks.Unwrap(_signature));

    internal ReadOnlySpan<byte> R => _signature.AsSpan(0, 32);

    internal ReadOnlySpan<byte> S => _signature.AsSpan(32, 32);

    internal int RecoveryId => _signature[64] - SignedPaymentReader.FirstV;
}
