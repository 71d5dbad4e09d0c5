using Betar.Ethereum;
using Betar.Ethereum.Eip712;

namespace Betar.X402.Extensions.OfferReceipt;

/// <summary>What a seller says that it was paid for.</summary>
/// <param name="IssuedAt">Unix seconds.</param>
/// <param name="Transaction">Empty when the seller keeps it to itself.</param>
public sealed record ReceiptStatement(long Version, string Network, string ResourceUrl, string Payer, long IssuedAt, string Transaction)
{
    private static readonly TypedStructs Types = TypedStructs.Create(("Receipt",
    [
        new("version", "uint256"), new("network", "string"), new("resourceUrl", "string"), new("payer", "string"), new("issuedAt", "uint256"),
        new("transaction", "string"),
    ]));

    /// <summary>What is signed.</summary>
    public TypedData Data => new(
        Types,
        "Receipt",
        new TypedDomain { Name = "x402 receipt", Version = "1", ChainId = UInt256.One },
        [(UInt256)(ulong)Version, Network, ResourceUrl, Payer, (UInt256)(ulong)IssuedAt, Transaction]);
}
