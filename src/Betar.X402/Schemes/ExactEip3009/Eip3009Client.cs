using System.Text.Json;
using Betar.X402.Buying;
using Betar.X402.Protocol;
using Betar.X402.Wire;
using Betar.X402.Wire.Json;

namespace Betar.X402.Schemes.ExactEip3009;

/// <summary>Answers demands for "exact" with an authorisation of the token.</summary>
public sealed class Eip3009Client(AuthorizationSigner signer) : ISchemeClient
{
    private const string Method = "eip3009";

    public bool Takes(Requirement requirement, int version) =>
        requirement.Scheme == Requirement.Exact && (requirement.ExtraText("assetTransferMethod") ?? Method) == Method;

    public Task<SignedRequirement> SignAsync(Requirement requirement, int version, OfferPolicy policy, CancellationToken cancellationToken)
    {
        var signed = signer.SignFirstUse(requirement.ToPaymentRequirements(), Nonce.Random(), policy);
        return Task.FromResult(signed.IsSigned
            ? SignedRequirement.Signed(Write(signed.Payment.Payload!, version), signed.Key, signed.Amount, signed.ValidBefore)
            : SignedRequirement.Refused(signed.Refusal));
    }

    // In the member order of the official clients, which is not the same in both versions.
    private static JsonElement Write(ExactPayload payload, int version) => JsonDocument.Parse(WireWriting.Write(payload, (writer, content) =>
    {
        if (version == WireVersions.First)
        {
            writer.WriteString("signature", content.Signature);
        }

        var authorization = content.Authorization!;
        writer.WriteStartObject("authorization");
        writer.WriteString("from", authorization.From);
        writer.WriteString("to", authorization.To);
        writer.WriteString("value", authorization.Value);
        writer.WriteString("validAfter", authorization.ValidAfter);
        writer.WriteString("validBefore", authorization.ValidBefore);
        writer.WriteString("nonce", authorization.Nonce);
        writer.WriteEndObject();
        if (version != WireVersions.First)
        {
            writer.WriteString("signature", content.Signature);
        }
    })).RootElement;
}
