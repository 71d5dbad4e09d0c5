using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Betar.X402.Buying;

namespace Betar.X402.Schemes;

/// <summary>A scheme's signed content for a header, or why nothing was signed.</summary>
public sealed class SignedRequirement
{
    private SignedRequirement()
    {
    }

    public OfferRefusal Refusal { get; private init; }

    public JsonElement? Payload { get; private init; }

    /// <summary>By this the payment is known from now on.</summary>
    public PaymentKey Key { get; private init; }

    /// <summary>The most that can be taken.</summary>
    public AtomicAmount Amount { get; private init; }

    public DateTimeOffset ValidBefore { get; private init; }

    [MemberNotNullWhen(true, nameof(Payload))]
    public bool IsSigned => Payload is not null;

    internal static SignedRequirement Refused(OfferRefusal refusal) => new() { Refusal = refusal };

    internal static SignedRequirement Signed(JsonElement payload, PaymentKey key, AtomicAmount amount, DateTimeOffset validBefore) =>
        new() { Payload = payload, Key = key, Amount = amount, ValidBefore = validBefore };
}
