using System.Text.Json;
using Betar.Ethereum;
using Betar.Ethereum.Keys;
using Betar.X402.Buying;
using Betar.X402.Eip712;
using Betar.X402.Wire;
using Betar.X402.Wire.Json;

namespace Betar.X402.Schemes.AuthCapture;

/// <summary>Answers demands for "auth-capture". The escrow and its collector come from our table, never from the seller.</summary>
public sealed class AuthCaptureClient(ISigner signer, TimeProvider time) : ISchemeClient
{
    public bool Takes(Requirement requirement, int version) =>
        version == WireVersions.Current && requirement.Scheme == AuthCaptureVerify.Scheme && (requirement.ExtraText("assetTransferMethod") ?? "eip3009") == "eip3009";

    public async Task<SignedRequirement> SignAsync(Requirement requirement, int version, OfferPolicy policy, CancellationToken cancellationToken)
    {
        var refusal = OfferInspector.Inspect(
            requirement.ToPaymentRequirements() with { Scheme = Requirement.Exact }, policy, signer.Address, out var offer);
        if (refusal != OfferRefusal.None)
        {
            return SignedRequirement.Refused(refusal);
        }

        if (AuthCaptureTerms.Read(requirement) is not { } terms)
        {
            return SignedRequirement.Refused(OfferRefusal.Malformed);
        }

        var end = time.GetUtcNow() + offer!.MaxTimeout;
        var saltNonce = UInt256.ReadBigEndian(Nonce.Random().Value.ToArray());
        var salt = terms.BindsSalt ? AuthCaptureHasher.BoundSalt(terms.ReceiverAuthorizer, terms.Policy, saltNonce) : saltNonce;
        var info = terms.Info(offer, signer.Address, (ulong)end.ToUnixTimeSeconds(), salt);
        var nonce = AuthCaptureHasher.AuthorizationNonce(offer.Asset.Network, terms.Deployment.Escrow, info);
        var authorization = new TransferTerms(signer.Address, terms.Deployment.Eip3009Collector, offer.Amount, 0, info.PreApprovalExpiry, nonce);
        var signed = await signer.SignTypedDataAsync(ReceiveAuthorization.Data(offer.Asset.Domain, authorization), cancellationToken);
        return signed.TryGetValue(out var signature)
            ? SignedRequirement.Signed(
                Write(authorization, signature, salt, terms.BindsSalt ? saltNonce : null),
                new PaymentKey(offer.Asset.Network, offer.Asset.Address, signer.Address, nonce),
                offer.Amount,
                end)
            : SignedRequirement.Refused(OfferRefusal.SignerUnavailable);
    }

    private static JsonElement Write(TransferTerms terms, byte[] signature, UInt256 salt, UInt256? saltNonce) =>
        JsonDocument.Parse(WireWriting.Write(terms, (writer, authorization) =>
        {
            ReceiveAuthorization.Write(writer, authorization, signature);
            writer.WriteString("salt", Hex(salt));
            if (saltNonce is { } bound)
            {
                writer.WriteString("saltNonce", Hex(bound));
            }
        })).RootElement;

    private static string Hex(UInt256 number)
    {
        var bytes = new byte[UInt256.Size];
        number.WriteBigEndian(bytes);
        return "0x" + Convert.ToHexStringLower(bytes);
    }
}
