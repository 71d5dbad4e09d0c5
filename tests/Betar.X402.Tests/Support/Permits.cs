using System.Text.Json.Nodes;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.X402.Schemes.Permit2;
using Betar.X402.Wire;

namespace Betar.X402.Tests.Support;

/// <summary>Permits with the published values, right until a test changes one thing, and signed after the change.</summary>
internal static class Permits
{
    internal static Permit2Terms Right(bool upto) => new(
        Address.Parse(Golden.Usdc), 50000, upto ? Permit2Contracts.UptoProxy : Permit2Contracts.ExactProxy, UInt256.Parse(Vectors.Permit2Nonce),
        (ulong)Vectors.ValidBefore, Vectors.SellerAddress, upto ? Address.Parse(Vectors.Other) : null, UInt256.Zero);

    internal static string Sign(Permit2Terms terms, PrivateKey key, ulong chain = 84532)
    {
        var signature = new byte[65];
        key.Sign(Permit2Hasher.Data(new NetworkId(chain), terms).Digest.ToArray(), signature);
        signature[64] += 27;
        return "0x" + Convert.ToHexStringLower(signature);
    }

    internal static FacilitatorCall Call(bool upto, Func<Permit2Terms, Permit2Terms>? change = null, PrivateKey? signer = null, string? signature = null)
    {
        using var payer = Vectors.PayerKey();
        var terms = change?.Invoke(Right(upto)) ?? Right(upto);
        var offer = upto ? FacilitatorBench.UptoOffer : FacilitatorBench.Offer;
        return new FacilitatorCall
        {
            Payment = new PaymentPayload
            {
                Scheme = offer.Scheme,
                Network = offer.Network,
                Accepted = offer,
                Payload = FacilitatorBench.Json(Json(terms, signature ?? Sign(terms, signer ?? payer))),
            },
            Requirement = offer,
        };
    }

    internal static JsonObject Json(Permit2Terms terms, string signature)
    {
        var witness = new JsonObject { ["to"] = terms.To.ToString(), ["validAfter"] = terms.ValidAfter.ToString() };
        if (terms.Facilitator is { } facilitator)
            witness["facilitator"] = facilitator.ToString();
        return new JsonObject
        {
            ["signature"] = signature,
            ["permit2Authorization"] = new JsonObject
            {
                ["from"] = Vectors.Payer,
                ["permitted"] = new JsonObject { ["token"] = terms.Token.ToString(), ["amount"] = terms.Amount.ToString() },
                ["spender"] = terms.Spender.ToString(), ["nonce"] = terms.Nonce.ToString(), ["deadline"] = terms.Deadline.ToString(), ["witness"] = witness,
            },
        };
    }
}
