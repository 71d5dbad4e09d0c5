using Betar.Ethereum;
using Betar.Ethereum.Eip712;
using Betar.X402.Wire;

namespace Betar.X402.Extensions.OfferReceipt;

/// <summary>What a seller says that it asks for, and until when.</summary>
/// <param name="ValidUntil">Unix seconds.</param>
public sealed record OfferStatement(
    long Version, string ResourceUrl, string Scheme, string Network, string Asset, string PayTo, string Amount, long ValidUntil)
{
    private static readonly TypedStructs Types = TypedStructs.Create(("Offer",
    [
        new("version", "uint256"), new("resourceUrl", "string"), new("scheme", "string"), new("network", "string"), new("asset", "string"),
        new("payTo", "string"), new("amount", "string"), new("validUntil", "uint256"),
    ]));

    /// <summary>What is signed. The domain names no chain of its own: the network is in the statement.</summary>
    public TypedData Data => new(
        Types,
        "Offer",
        new TypedDomain { Name = "x402 offer", Version = "1", ChainId = UInt256.One },
        [(UInt256)(ulong)Version, ResourceUrl, Scheme, Network, Asset, PayTo, Amount, (UInt256)(ulong)ValidUntil]);

    public static OfferStatement Of(string resourceUrl, Requirement requirement, DateTimeOffset validUntil) => new(
        OfferReceiptExtension.Version, resourceUrl, requirement.Scheme, requirement.Network, requirement.Asset, requirement.PayTo, requirement.Amount,
        validUntil.ToUnixTimeSeconds());

    /// <summary>Whether it is this demand that was signed.</summary>
    public bool IsOf(Requirement requirement) =>
        (Scheme, Network, Amount) == (requirement.Scheme, requirement.Network, requirement.Amount)
        && string.Equals(Asset, requirement.Asset, StringComparison.OrdinalIgnoreCase)
        && string.Equals(PayTo, requirement.PayTo, StringComparison.OrdinalIgnoreCase);
}
