using System.Text.Json;
using Betar.Ethereum;
using Betar.Ethereum.Keys;
using Betar.X402.Buying;
using Betar.X402.Wire;
using Betar.X402.Wire.Json;

namespace Betar.X402.Schemes.Permit2;

/// <summary>Signs permits that the buyer's policy allows; which contract may use them is our table's word, never the seller's.</summary>
internal sealed class Permit2Client(ISigner signer, Address spender, TimeProvider time)
{
    internal async Task<SignedRequirement> SignAsync(Requirement requirement, Address? facilitator, OfferPolicy policy, CancellationToken cancellationToken)
    {
        var offered = requirement.ToPaymentRequirements() with { Scheme = Requirement.Exact };
        var refusal = OfferInspector.Inspect(offered, policy, signer.Address, out var offer);
        if (refusal != OfferRefusal.None)
        {
            return SignedRequirement.Refused(refusal);
        }

        var deadline = time.GetUtcNow() + offer!.MaxTimeout;
        var nonce = Nonce.Random();
        var terms = new Permit2Terms(
            offer.Asset.Address, offer.Amount, spender, UInt256.ReadBigEndian(nonce.Value.ToArray()), (ulong)deadline.ToUnixTimeSeconds(), offer.PayTo, facilitator, 0);
        var signed = await signer.SignTypedDataAsync(Permit2Hasher.Data(offer.Asset.Network, terms), cancellationToken);
        if (!signed.TryGetValue(out var signature))
        {
            return SignedRequirement.Refused(OfferRefusal.SignerUnavailable);
        }

        var key = new PaymentKey(offer.Asset.Network, Permit2Contracts.Permit2, signer.Address, nonce);
        return SignedRequirement.Signed(Write(terms, signature), key, offer.Amount, deadline);
    }

    private JsonElement Write(Permit2Terms terms, byte[] signature) => JsonDocument.Parse(WireWriting.Write(terms, (writer, message) =>
    {
        writer.WriteString("signature", "0x" + Convert.ToHexStringLower(signature));
        writer.WriteStartObject(Permit2Reader.Member);
        writer.WriteString("from", signer.Address.ToString());
        writer.WriteStartObject("permitted");
        writer.WriteString("token", message.Token.ToString());
        writer.WriteString("amount", message.Amount.ToString());
        writer.WriteEndObject();
        writer.WriteString("spender", message.Spender.ToString());
        writer.WriteString("nonce", message.Nonce.ToString());
        writer.WriteString("deadline", message.Deadline.ToString());
        writer.WriteStartObject("witness");
        writer.WriteString("to", message.To.ToString());
        if (message.Facilitator is { } facilitator)
        {
            writer.WriteString("facilitator", facilitator.ToString());
        }

        writer.WriteString("validAfter", message.ValidAfter.ToString());
        writer.WriteEndObject();
        writer.WriteEndObject();
    })).RootElement;
}
