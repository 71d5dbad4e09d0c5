using System.Text.Json;
using System.Text.Json.Nodes;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.Tests.Shared;
using Betar.X402.Eip712;
using Betar.X402.Facilitating;
using Betar.X402.Networks;
using Betar.X402.Protocol;
using Betar.X402.Schemes;
using Betar.X402.Schemes.ExactEip3009;
using Betar.X402.Schemes.ExactPermit2;
using Betar.X402.Schemes.Permit2;
using Betar.X402.Schemes.Upto;
using Betar.X402.Wire;

namespace Betar.X402.Tests.Support;

/// <summary>The published offer, a payer with the published key, and calls that are right until a test changes one thing.</summary>
internal sealed class FacilitatorBench : IDisposable
{
    internal static readonly Requirement Offer = WireCodec.ParseDemandHeader(Vectors.RequiredHeader).Value!.Accepts[0];
    internal static readonly ResourceInfo Resource = WireCodec.ParseDemandHeader(Vectors.RequiredHeader).Value!.Resource;
    internal static readonly Requirement UptoOffer = Offer with { Scheme = "upto" };
    internal static readonly string ExactSettle = Selector("settle(((address,uint256),uint256,uint256),address,(address,uint256),bytes)");
    internal static readonly string UptoSettle = Selector("settle(((address,uint256),uint256,uint256),uint256,address,(address,address,uint256),bytes)");
    private readonly PrivateKey _payer = Vectors.PayerKey();

    internal FacilitatorBench(LocalFacilitatorOptions? options = null, bool upto = true)
    {
        var chains = new Chains(new Dictionary<NetworkId, IChainClient> { [NetworkId.BaseSepolia] = Chain });
        List<IPaymentScheme> schemes =
        [
            new Eip3009Scheme(new Eip3009Options { Chains = chains }, Time),
            new ExactPermit2Scheme(new ExactPermit2Options { Chains = chains }, Time),
        ];
        if (upto)
            schemes.Add(new UptoScheme(new UptoOptions { Chains = chains, Facilitators = [Address.Parse(Vectors.Other)] }, Time));
        Schemes = schemes;
        Book = new MemorySettlementBook(Time);
        Facilitator = new LocalFacilitator(schemes, Channel, Book, options ?? new LocalFacilitatorOptions(), Time);
        Chain.Answers["e3ee160e"] = RpcOutcome.Value(Array.Empty<byte>());
        Chain.Answers[Selector("PERMIT2()")] = Word(Permit2Contracts.Permit2);
        Chain.Answers[ExactSettle] = Chain.Answers[UptoSettle] = RpcOutcome.Value(Array.Empty<byte>());
    }

    /// <summary>200 s before the published authorisation ends.</summary>
    internal ManualTime Time { get; } = new(DateTimeOffset.FromUnixTimeSeconds(Vectors.ValidBefore - 200));

    internal FakeChain Chain { get; } = new();

    internal ScriptedChannel Channel { get; } = new();

    internal MemorySettlementBook Book { get; }

    internal IReadOnlyList<IPaymentScheme> Schemes { get; }

    internal LocalFacilitator Facilitator { get; }

    internal static Authorization RightAuthorization { get; } = new()
    {
        From = Vectors.Payer, To = Vectors.Seller, Value = "50000", ValidAfter = "0", ValidBefore = "1893456000", Nonce = Vectors.Nonce,
    };

    public void Dispose() => _payer.Dispose();

    /// <summary>Right but for the change, and signed after it.</summary>
    internal FacilitatorCall Call(Func<Authorization, Authorization>? change = null, PrivateKey? signer = null, PaymentAsset? domain = null, int version = 2)
    {
        var authorization = change?.Invoke(RightAuthorization) ?? RightAuthorization;
        return Call(authorization, Sign(authorization, signer ?? _payer, domain ?? PaymentAsset.BaseSepoliaUsdc), version);
    }

    internal static FacilitatorCall Call(Authorization authorization, string signature, int version = 2) => new()
    {
        Payment = new PaymentPayload
        {
            Version = version,
            Scheme = Offer.Scheme,
            Network = Offer.Network,
            Accepted = version == 1 ? null : Offer,
            Payload = Json(new JsonObject
            {
                ["signature"] = signature,
                ["authorization"] = new JsonObject
                {
                    ["from"] = authorization.From, ["to"] = authorization.To, ["value"] = authorization.Value,
                    ["validAfter"] = authorization.ValidAfter, ["validBefore"] = authorization.ValidBefore, ["nonce"] = authorization.Nonce,
                },
            }),
        },
        Requirement = Offer,
        Resource = Resource,
    };

    internal async Task AssertRefusedAsync(string reason, FacilitatorCall call, string? message = null)
    {
        var verified = await Facilitator.VerifyAsync(call, CancellationToken.None);
        Assert.Equal((false, reason), (verified.IsValid, verified.InvalidReason));
        if (message is not null)
            Assert.Equal(message, verified.InvalidMessage);
        var settled = await Facilitator.SettleAsync(call, null, CancellationToken.None);
        Assert.Equal((false, ""), (settled.Success, settled.Transaction));
        Assert.Empty(Channel.Settled);
    }

    internal async Task AssertAcceptedAsync(FacilitatorCall call)
    {
        var verified = await Facilitator.VerifyAsync(call, CancellationToken.None);
        Assert.Equal((true, null, Vectors.Payer), (verified.IsValid, verified.InvalidReason, verified.Payer));
    }

    internal static JsonElement Json(JsonNode node) => JsonDocument.Parse(node.ToJsonString()).RootElement;

    internal static RpcOutcome<byte[]> Word(UInt256 value)
    {
        var bytes = new byte[32];
        value.WriteBigEndian(bytes);
        return RpcOutcome.Value(bytes);
    }

    internal static RpcOutcome<byte[]> Word(Address value)
    {
        var bytes = new byte[32];
        value.CopyTo(bytes.AsSpan(12));
        return RpcOutcome.Value(bytes);
    }

    internal static RpcOutcome<byte[]> Text(string value) => RpcOutcome.Value(AbiEncoder.Encode([AbiType.Parse("string")], value));

    internal static string Selector(string signature) => Convert.ToHexStringLower(Keccak256.Hash(System.Text.Encoding.ASCII.GetBytes(signature))[..4]);

    internal static RpcOutcome<byte[]> Revert => RpcOutcome.Error<byte[]>(new RpcError(RpcError.ExecutionReverted, "execution reverted", default));

    private static string Sign(Authorization authorization, PrivateKey key, PaymentAsset asset)
    {
        var digest = new byte[32];
        if (Address.TryParse(authorization.From, out var from) && Address.TryParse(authorization.To, out var to)
            && AtomicAmount.TryParse(authorization.Value, out var value) && UInt256.TryParseDecimal(authorization.ValidAfter, out var after)
            && UInt256.TryParseDecimal(authorization.ValidBefore, out var before) && Hash32.TryParse(authorization.Nonce, out var nonce))
            TransferAuthorizationHasher.Digest(asset.Domain, new TransferTerms(from, to, value, after, before, new Nonce(nonce)), digest);
        var signature = new byte[65];
        key.Sign(digest, signature);
        signature[64] += 27;
        return "0x" + Convert.ToHexStringLower(signature);
    }
}
