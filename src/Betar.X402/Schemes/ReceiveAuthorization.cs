using System.Text.Json;
using Betar.Ethereum.Eip712;
using Betar.X402.Eip712;

namespace Betar.X402.Schemes;

/// <summary>EIP-3009's transfer that only its receiver may bring in: what collectors of deposits take.</summary>
public static class ReceiveAuthorization
{
    private const string Primary = "ReceiveWithAuthorization";

    private static readonly TypedStructs Types = TypedStructs.Create((Primary,
    [
        new("from", "address"), new("to", "address"), new("value", "uint256"), new("validAfter", "uint256"), new("validBefore", "uint256"), new("nonce", "bytes32"),
    ]));

    public static TypedData Data(Eip712Domain domain, in TransferTerms terms) => new(
        Types,
        Primary,
        new TypedDomain { Name = domain.Name, Version = domain.Version, ChainId = domain.ChainId, VerifyingContract = domain.VerifyingContract },
        [terms.From, terms.To, terms.Value.Units, terms.ValidAfter, terms.ValidBefore, terms.Nonce.Value.ToArray()]);

    /// <summary>In the member order of the official clients.</summary>
    internal static void Write(Utf8JsonWriter writer, in TransferTerms terms, byte[] signature)
    {
        writer.WriteStartObject("authorization");
        writer.WriteString("from", terms.From.ToString());
        writer.WriteString("to", terms.To.ToString());
        writer.WriteString("value", terms.Value.ToString());
        writer.WriteString("validAfter", terms.ValidAfter.ToString());
        writer.WriteString("validBefore", terms.ValidBefore.ToString());
        writer.WriteString("nonce", terms.Nonce.ToString());
        writer.WriteEndObject();
        writer.WriteString("signature", "0x" + Convert.ToHexStringLower(signature));
    }
}
