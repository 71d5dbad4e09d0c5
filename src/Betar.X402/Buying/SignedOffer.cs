using System.Diagnostics.CodeAnalysis;
using Betar.X402.Protocol;

namespace Betar.X402.Buying;

/// <summary>A signed payment, or why none was signed.</summary>
public sealed record SignedOffer
{
    private SignedOffer()
    {
    }

    public OfferRefusal Refusal { get; private init; }

    public PaymentEnvelope? Payment { get; private init; }

    /// <summary>By this the payment is known from now on.</summary>
    public PaymentKey Key { get; private init; }

    public AtomicAmount Amount { get; private init; }

    public DateTimeOffset ValidBefore { get; private init; }

    [MemberNotNullWhen(true, nameof(Payment))]
    public bool IsSigned => Payment is not null;

    internal static SignedOffer Refused(OfferRefusal refusal) => new() { Refusal = refusal };

    internal static SignedOffer Signed(PaymentEnvelope payment, PaymentKey key, AtomicAmount amount, DateTimeOffset validBefore) =>
        new() { Payment = payment, Key = key, Amount = amount, ValidBefore = validBefore };
}
