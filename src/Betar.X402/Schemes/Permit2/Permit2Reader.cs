using System.Text.Json;
using Betar.Ethereum;
using Betar.X402.Verification;

namespace Betar.X402.Schemes.Permit2;

/// <summary>Reads the fields of a permit; each has one exact form.</summary>
internal static class Permit2Reader
{
    internal const string Member = "permit2Authorization";

    internal static bool Takes(JsonElement payload) => payload.TryGetProperty(Member, out _);

    internal static VerificationOutcome TryRead(
        JsonElement payload, bool withFacilitator, VerificationOptions options, out Address from, out Permit2Terms? terms, out byte[] signature)
    {
        (from, terms, signature) = (default, null, []);
        if (!TryObject(payload, Member, out var permit) || !TryObject(permit, "permitted", out var permitted) || !TryObject(permit, "witness", out var witness)
            || Text(payload, "signature") is not { } signed || Text(permitted, "token") is not { } token || Text(permitted, "amount") is not { } amount
            || Text(permit, "from") is not { } payer || Text(permit, "spender") is not { } spender || Text(permit, "nonce") is not { } nonce
            || Text(permit, "deadline") is not { } deadline || Text(witness, "to") is not { } to || Text(witness, "validAfter") is not { } after)
        {
            return VerificationReasons.PayloadMissing;
        }

        var facilitator = withFacilitator ? Text(witness, "facilitator") : null;
        if (withFacilitator && facilitator is null)
        {
            return VerificationReasons.PayloadMissing;
        }

        string[] all = [token, amount, payer, spender, nonce, deadline, to, after, facilitator ?? ""];
        if (signed.Length > options.MaxSignatureLength || all.Any(text => text.Length > options.MaxFieldLength))
        {
            return VerificationReasons.FieldTooLong;
        }

        Address third = default;
        if (!Address.TryParse(payer, out from) || !Address.TryParse(token, out var tokenAddress) || !Address.TryParse(spender, out var spenderAddress)
            || !Address.TryParse(to, out var toAddress) || (facilitator is not null && !Address.TryParse(facilitator, out third)))
        {
            return VerificationReasons.AddressMalformed;
        }

        if (!AtomicAmount.TryParse(amount, out var value) || !UInt256.TryParseDecimal(nonce, out var number)
            || !UInt256.TryParseDecimal(deadline, out var end) || !UInt256.TryParseDecimal(after, out var begin))
        {
            return VerificationReasons.NumberMalformed;
        }

        terms = new Permit2Terms(tokenAddress, value, spenderAddress, number, end, toAddress, facilitator is null ? null : third, begin);
        return TypedSignature.Read(signed, options.Wallets, out signature);
    }

    private static bool TryObject(JsonElement element, string name, out JsonElement value) =>
        element.TryGetProperty(name, out value) && value.ValueKind == JsonValueKind.Object;

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
