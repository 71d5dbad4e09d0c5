using Betar.Ethereum;
using Betar.X402.Verification;

namespace Betar.X402.Schemes.Permit2;

/// <summary>A signed permit beside the offer that it answers.</summary>
internal sealed class Permit2Payment(Address from, Permit2Terms terms, byte[] signature, PaymentOffer offer, bool chargesLess) : SchemePayment
{
    internal Permit2Terms Terms { get; } = terms;

    internal PaymentOffer Offer { get; } = offer;

    /// <summary>A key's is r‖s‖v, v 27 or 28.</summary>
    internal ReadOnlySpan<byte> Signature => signature;

    public override Address Payer => from;

    public override AtomicAmount Amount => Terms.Amount;

    public override AtomicAmount? Charged => chargesLess ? Offer.Amount : null;

    public override Address? Sender => Terms.Facilitator;

    public override ulong ValidBefore => Terms.Deadline.TryToUInt64(out var seconds) ? seconds : ulong.MaxValue;

    /// <summary>Permit2 counts one set of nonces per payer for all tokens, so it stands where else the token stands.</summary>
    public override PaymentKey Key => new(Offer.Asset.Network, Permit2Contracts.Permit2, from, NonceOf(Terms.Nonce));

    private static Nonce NonceOf(UInt256 number)
    {
        Span<byte> bytes = stackalloc byte[Nonce.Size];
        number.WriteBigEndian(bytes);
        return new Nonce(bytes);
    }
}
