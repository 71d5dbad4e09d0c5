using System.Text.Json;
using Betar.Ethereum;
using Betar.X402.Protocol;
using Betar.X402.Verification;
using Betar.X402.Wire;

namespace Betar.X402.Schemes.ExactEip3009;

/// <summary>A signed authorisation beside the offer that it answers.</summary>
internal sealed class Eip3009Payment(SignedPayment signed, PaymentOffer offer, Requirement requirement, int version) : SchemePayment
{
    internal SignedPayment Signed { get; } = signed;

    internal PaymentOffer Offer { get; } = offer;

    internal Requirement Requirement { get; } = requirement;

    internal int Version { get; } = version;

    public override PaymentKey Key => Signed.Key;

    public override Address Payer => Signed.Terms.From;

    public override AtomicAmount Amount => Signed.Terms.Value;

    public override ulong ValidBefore => Signed.Terms.ValidBefore.TryToUInt64(out var seconds) ? seconds : ulong.MaxValue;

    /// <summary>The wire's text as the stream dialect has it, so that its checks serve here too. Null when the content is something else.</summary>
    internal static PaymentEnvelope? ReadEnvelope(PaymentPayload payment)
    {
        if (!payment.Payload.TryGetProperty("authorization", out var authorization) || authorization.ValueKind != JsonValueKind.Object
            || Text(payment.Payload, "signature") is not { } signature
            || Text(authorization, "from") is not { } from || Text(authorization, "to") is not { } to || Text(authorization, "value") is not { } value
            || Text(authorization, "validAfter") is not { } after || Text(authorization, "validBefore") is not { } before
            || Text(authorization, "nonce") is not { } nonce)
        {
            return null;
        }

        return new PaymentEnvelope
        {
            Scheme = payment.Scheme,
            Network = payment.Network,
            ServerNonce = PaymentEnvelope.Preemptive,
            Payer = from,
            Payload = new ExactPayload
            {
                Signature = signature,
                Authorization = new Authorization { From = from, To = to, Value = value, ValidAfter = after, ValidBefore = before, Nonce = nonce },
            },
        };
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
