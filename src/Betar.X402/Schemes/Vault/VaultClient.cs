using System.Text.Json;
using Betar.Ethereum;
using Betar.Ethereum.Keys;
using Betar.X402.Buying;
using Betar.X402.Eip712;
using Betar.X402.Networks;
using Betar.X402.Wire;
using Betar.X402.Wire.Json;

namespace Betar.X402.Schemes.Vault;

/// <summary>Answers demands for "betar-vault", and signs receipts. The vault comes from our table, never from the seller.</summary>
public sealed class VaultClient(ISigner signer, IReadOnlyCollection<VaultDeployment> vaults, TimeProvider time) : ISchemeClient
{
    public bool Takes(Requirement requirement, int version) => version == WireVersions.Current && requirement.Scheme == VaultVerify.Scheme;

    public async Task<SignedRequirement> SignAsync(Requirement requirement, int version, OfferPolicy policy, CancellationToken cancellationToken)
    {
        var refusal = OfferInspector.Inspect(requirement.ToPaymentRequirements() with { Scheme = Requirement.Exact }, policy, signer.Address, out var offer);
        if (refusal != OfferRefusal.None)
        {
            return SignedRequirement.Refused(refusal);
        }

        if (VaultDemand.Read(requirement) is not { } demand || !demand.IsPossible(offer!, signer.Address))
        {
            return SignedRequirement.Refused(OfferRefusal.Malformed);
        }

        if (!vaults.Any(known => IsFor(known.Asset, offer!.Asset) && known.Vault == demand.Vault))
        {
            return SignedRequirement.Refused(OfferRefusal.Escrow);
        }

        var end = time.GetUtcNow() + offer!.MaxTimeout;
        var saltNonce = Nonce.Random();
        var terms = demand.Terms(offer, signer.Address, (ulong)end.ToUnixTimeSeconds(), saltNonce.Value);
        var nonce = new Nonce(VaultHasher.Id(offer.Asset.Network, demand.Vault, terms));
        var authorization = new TransferTerms(signer.Address, demand.Vault, offer.Amount, 0, (ulong)end.ToUnixTimeSeconds(), nonce);
        var signed = await signer.SignTypedDataAsync(ReceiveAuthorization.Data(offer.Asset.Domain, authorization), cancellationToken);
        return signed.TryGetValue(out var signature)
            ? SignedRequirement.Signed(
                Write(authorization, signature, saltNonce), new PaymentKey(offer.Asset.Network, offer.Asset.Address, signer.Address, nonce), offer.Amount, end)
            : SignedRequirement.Refused(OfferRefusal.SignerUnavailable);
    }

    /// <summary>Says that the answer with this hash arrived; null when the key does not sign. Whoever holds it can have the seller paid.</summary>
    public async Task<VaultReceipt?> SignReceiptAsync(VaultEscrow escrow, Hash32 answer, CancellationToken cancellationToken)
    {
        var signed = await signer.SignTypedDataAsync(VaultHasher.Receipt(escrow.Network, escrow.Vault, escrow.Id, answer), cancellationToken);
        return signed.TryGetValue(out var signature) ? new VaultReceipt(answer, signature) : null;
    }

    private static bool IsFor(PaymentAsset known, PaymentAsset asked) => known.Network == asked.Network && known.Address == asked.Address;

    private static JsonElement Write(TransferTerms terms, byte[] signature, Nonce saltNonce) => JsonDocument.Parse(WireWriting.Write(terms, (writer, authorization) =>
    {
        ReceiveAuthorization.Write(writer, authorization, signature);
        writer.WriteString("saltNonce", saltNonce.ToString());
    })).RootElement;
}
