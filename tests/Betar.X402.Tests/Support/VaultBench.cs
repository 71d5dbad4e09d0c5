using System.Text.Json.Nodes;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.Ethereum.Eip712;
using Betar.Tests.Shared;
using Betar.X402.Eip712;
using Betar.X402.Facilitating;
using Betar.X402.Networks;
using Betar.X402.Schemes;
using Betar.X402.Schemes.Vault;
using Betar.X402.Wire;

namespace Betar.X402.Tests.Support;

/// <summary>An offer with a vault, and payments that are right until a test changes one thing, and signed after the change.</summary>
internal sealed class VaultBench : IDisposable
{
    internal const long End = 1790000300;
    internal const uint WorkTime = 3600;
    internal static readonly Address Vault = Address.Parse("0x5FbDB2315678afecb367f032d93F642f64180aa3");
    internal static readonly Address Arbiter = Address.Parse(Vectors.Other);
    internal static readonly Hash32 Order = new(Keccak256.Hash("an order"u8));
    internal static readonly Hash32 SaltNonce = new(Keccak256.Hash("a salt"u8));
    internal static readonly NetworkId Network = NetworkId.BaseSepolia;
    internal static readonly VaultDeployment Deployment = new(PaymentAsset.BaseSepoliaUsdc, Vault);

    internal VaultBench()
    {
        var chains = new Chains(new Dictionary<NetworkId, IChainClient> { [Network] = Chain });
        Scheme = new VaultScheme(new VaultOptions { Vaults = [Deployment], Chains = chains }, Time);
        Facilitator = new LocalFacilitator([Scheme], Channel, new MemorySettlementBook(Time), new LocalFacilitatorOptions(), Time);
        Chain.Answers["e94a0102"] = FacilitatorBench.Word(UInt256.Zero);
        Chain.Answers[Deposit] = FacilitatorBench.Word(UInt256.One);
        Chain.Answers["70a08231"] = FacilitatorBench.Word(50000);
    }

    internal static string Deposit { get; } =
        FacilitatorBench.Selector("deposit((address,address,address,uint256,uint40,uint32,uint32,bytes32),uint256,uint256,bytes)");

    internal static VaultTerms Terms => new(
        Address.Parse(Vectors.Payer), Vectors.SellerAddress, Arbiter, 50000, (ulong)End + WorkTime, 86400, 172800, VaultHasher.Salt(Order, SaltNonce));

    internal ManualTime Time { get; } = new(DateTimeOffset.FromUnixTimeSeconds(End - 300));

    internal FakeChain Chain { get; } = new();

    internal ScriptedChannel Channel { get; } = new();

    internal PrivateKey Payer { get; } = Vectors.PayerKey();

    internal VaultScheme Scheme { get; }

    internal LocalFacilitator Facilitator { get; }

    public void Dispose() => Payer.Dispose();

    internal static TransferTerms Authorization => new(
        Address.Parse(Vectors.Payer), Vault, 50000, 0, (ulong)End, new Nonce(VaultHasher.Id(Network, Vault, Terms)));

    internal static Requirement Offer(Action<JsonObject>? change = null)
    {
        var extra = new JsonObject
        {
            ["name"] = "USDC", ["version"] = "2", ["vault"] = Vault.ToString(), ["arbiter"] = Arbiter.ToString(), ["order"] = Order.ToString(),
            ["workTime"] = WorkTime, ["disputeWindow"] = 86400, ["arbiterWindow"] = 172800,
        };
        change?.Invoke(extra);
        return FacilitatorBench.Offer with { Scheme = "betar-vault", Extra = FacilitatorBench.Json(extra) };
    }

    internal FacilitatorCall Call(
        Action<JsonObject>? extra = null, Func<TransferTerms, TransferTerms>? change = null, Action<JsonObject>? content = null, PrivateKey? signer = null, string? signature = null)
    {
        var terms = change?.Invoke(Authorization) ?? Authorization;
        var json = new JsonObject
        {
            ["authorization"] = new JsonObject
            {
                ["from"] = terms.From.ToString(), ["to"] = terms.To.ToString(), ["value"] = terms.Value.ToString(),
                ["validAfter"] = terms.ValidAfter.ToString(), ["validBefore"] = terms.ValidBefore.ToString(), ["nonce"] = terms.Nonce.ToString(),
            },
            ["signature"] = signature ?? Sign(ReceiveAuthorization.Data(PaymentAsset.BaseSepoliaUsdc.Domain, terms), signer ?? Payer),
            ["saltNonce"] = SaltNonce.ToString(),
        };
        content?.Invoke(json);
        return Of(Offer(extra), json);
    }

    internal static FacilitatorCall Of(Requirement offer, JsonNode payload) => new()
    {
        Payment = new PaymentPayload { Scheme = offer.Scheme, Network = offer.Network, Accepted = offer, Payload = FacilitatorBench.Json(payload) }, Requirement = offer,
    };

    internal static string Sign(TypedData data, PrivateKey key)
    {
        var signature = new byte[65];
        key.Sign(data.Digest.ToArray(), signature);
        signature[64] += 27;
        return "0x" + Convert.ToHexStringLower(signature);
    }
}
