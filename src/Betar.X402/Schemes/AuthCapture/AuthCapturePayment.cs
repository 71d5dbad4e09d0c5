using Betar.Ethereum;
using Betar.X402.Eip712;
using Betar.X402.Verification;

namespace Betar.X402.Schemes.AuthCapture;

/// <summary>An authorisation for an escrow's collector, beside the terms that its nonce must be the hash of.</summary>
internal sealed class AuthCapturePayment(
    TransferTerms authorization, byte[] signature, UInt256 salt, UInt256? saltNonce, PaymentOffer offer, AuthCaptureTerms terms) : SchemePayment
{
    internal TransferTerms Authorization { get; } = authorization;

    internal byte[] Signature { get; } = signature;

    internal UInt256 Salt { get; } = salt;

    internal UInt256? SaltNonce { get; } = saltNonce;

    internal PaymentOffer Offer { get; } = offer;

    internal AuthCaptureTerms Terms { get; } = terms;

    public override PaymentKey Key => new(Offer.Asset.Network, Offer.Asset.Address, Payer, Authorization.Nonce);

    public override Address Payer => Authorization.From;

    public override AtomicAmount Amount => Authorization.Value;

    public override Address? Sender => Terms.Operator;

    public override ulong ValidBefore => Authorization.ValidBefore.TryToUInt64(out var seconds) ? seconds : ulong.MaxValue;

    /// <summary>Only after the window was checked: before, its end may not even fit.</summary>
    internal PaymentInfo Info => Terms.Info(Offer, Payer, ValidBefore, Salt);
}
