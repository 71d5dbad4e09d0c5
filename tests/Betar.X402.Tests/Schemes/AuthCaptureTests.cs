using System.Text.Json.Nodes;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.Ethereum.Eip712;
using Betar.Ethereum.Keys;
using Betar.Tests.Shared;
using Betar.X402.Buying;
using Betar.X402.Eip712;
using Betar.X402.Facilitating;
using Betar.X402.Networks;
using Betar.X402.Schemes;
using Betar.X402.Schemes.AuthCapture;
using Betar.X402.Tests.Support;
using Betar.X402.Wire;

namespace Betar.X402.Tests.Schemes;

/// <summary>The published escrow payment, and each row with its one fault.</summary>
public sealed class AuthCaptureTests : IDisposable
{
    private const long Collected = 1790000300;
    private static readonly UInt256 SaltNonce = 9;
    private static readonly NetworkId Network = NetworkId.BaseSepolia;
    private static readonly Address Operator = Address.Parse(Vectors.Other);

    private readonly ManualTime _time = new(DateTimeOffset.FromUnixTimeSeconds(Collected - 300));
    private readonly FakeChain _chain = new();
    private readonly ScriptedChannel _channel = new();
    private readonly PrivateKey _payer = Vectors.PayerKey();
    private readonly LocalFacilitator _facilitator;

    public AuthCaptureTests()
    {
        var chains = new Chains(new Dictionary<NetworkId, IChainClient> { [Network] = _chain });
        _facilitator = new LocalFacilitator(
            [new AuthCaptureScheme(new AuthCaptureOptions { Chains = chains }, _time)], _channel, new MemorySettlementBook(_time), new LocalFacilitatorOptions(), _time);
        _chain.Answers["e94a0102"] = FacilitatorBench.Word(UInt256.Zero);
        _chain.Answers[FacilitatorBench.Selector(
            "authorize((address,address,address,address,uint120,uint48,uint48,uint48,uint16,uint16,address,uint256),uint256,address,bytes)")] = RpcOutcome.Value(Array.Empty<byte>());
    }

    private static UInt256 Salt => AuthCaptureHasher.BoundSalt(Vectors.SellerAddress, Address.Zero, SaltNonce);

    private static PaymentInfo Info => new(
        Operator, Address.Parse(Vectors.Payer), Vectors.SellerAddress, Address.Parse(Golden.Usdc), 50000, Collected, 1790172800, 1790345600, 0, 0, Address.Zero, Salt);

    public void Dispose() => _payer.Dispose();

    [Fact]
    public void The_published_hashes_and_signatures()
    {
        using var seller = Vectors.Key("marketplace test seller");
        var escrow = AuthCaptureDeployment.V11.Escrow;
        var id = AuthCaptureHasher.PaymentId(Network, escrow, Info);
        var collect = ReceiveAuthorization.Data(PaymentAsset.BaseSepoliaUsdc.Domain, Terms(Collected));
        var capture = AuthCaptureHasher.Capture(Network, Operator, id, 50000, 0, Address.Zero, 50000, 0);

        Assert.Equal(Vectors.CaptureSalt, Hex(Salt));
        Assert.Equal(Vectors.CaptureNonce, AuthCaptureHasher.AuthorizationNonce(Network, escrow, Info).ToString());
        Assert.Equal(Vectors.CapturePayment, id.ToString());
        Assert.Equal((Vectors.CollectDigest, Vectors.CollectSignature), (collect.Digest.ToString(), Sign(collect, _payer)));
        Assert.Equal((Vectors.CaptureDigest, Vectors.CaptureSignature), (capture.Digest.ToString(), Sign(capture, seller)));
        Assert.Equal(3, new[]
        {
            capture.Digest, AuthCaptureHasher.Void(Network, Operator, id).Digest, AuthCaptureHasher.Refund(Network, Operator, id, 50000, Operator, 0, 50000).Digest,
        }.Distinct().Count());
    }

    [Fact]
    public async Task The_published_payment_is_collected_into_the_escrow()
    {
        var call = Call(signature: Vectors.CollectSignature);

        var verified = await _facilitator.VerifyAsync(call, default);
        var settled = await _facilitator.SettleAsync(call, null, default);

        Assert.Equal((true, true), (verified.IsValid, settled.Success));
        var request = Assert.Single(_channel.Settled);
        Assert.Equal((AuthCaptureDeployment.V11.Escrow, AuthCaptureDeployment.V11.Eip3009Collector, Vectors.CaptureNonce),
            (request.Call.To, request.Transfer!.To, request.Key.Nonce.ToString()));
        Assert.Equal((null, Operator, Vectors.CaptureNonce), (request.Event, request.Sender, request.Use!.Nonce.ToString()));
        Assert.True(request.NeedsOwnCall);
        Assert.All(_chain.Calls.Where(asked => asked.To == AuthCaptureDeployment.V11.Escrow), asked => Assert.Equal(Operator, asked.From));
    }

    [Fact]
    public async Task Each_row_has_its_reason()
    {
        using var stranger = Vectors.Key("marketplace other seller");
        (string Reason, FacilitatorCall Call)[] faults =
        [
            ("betar_auth_capture_scheme", Call() with { Payment = Call().Payment with { Scheme = "exact" } }),
            ("invalid_exact_evm_network_mismatch", Call() with { Payment = Call().Payment with { Network = "eip155:8453" } }),
            ("invalid_payload", Call() with { Requirement = Offer() with { PayTo = Vectors.Payer } }),
            ("betar_auth_capture_collector_mismatch", Call(change: terms => terms with { To = Operator })),
            ("invalid_exact_evm_payload_authorization_valid_before", Call(change: terms => terms with { ValidBefore = Collected - 295 })),
            ("invalid_exact_evm_payload_authorization_valid_after", Call(change: terms => terms with { ValidAfter = Collected - 299 })),
            ("invalid_exact_evm_payload_authorization_value_mismatch", Call(change: terms => terms with { Value = 49999 })),
            ("invalid_exact_evm_payload_authorization_value_mismatch", Call(change: terms => terms with { Value = 50001 })),
            ("betar_auth_capture_deadlines", Call(extra => extra["captureDeadline"] = Collected - 1)),
            ("betar_auth_capture_deadlines", Call(extra => extra["refundDeadline"] = 1790172799)),
            ("betar_auth_capture_fees", Call(extra => extra["minFeeBps"] = 1)),
            ("betar_auth_capture_fees", Call(extra => extra["maxFeeBps"] = 10_001)),
            ("betar_auth_capture_salt_mismatch", Call(extra => extra["policy"] = Vectors.Other)),
            ("betar_auth_capture_salt_mismatch", Call(content: json => json.Remove("saltNonce"))),
            ("betar_auth_capture_nonce_mismatch", Call(extra => extra["maxFeeBps"] = 5)),
            ("betar_auth_capture_nonce_mismatch", Call(extra => extra["captureAuthorizer"] = Vectors.Seller)),
            ("betar_auth_capture_nonce_mismatch", Call(extra => extra["feeRecipient"] = Vectors.Seller)),
            ("betar_auth_capture_nonce_mismatch", Call(extra => extra["refundDeadline"] = 1790345601)),
            ("betar_auth_capture_nonce_mismatch", Call(change: terms => terms with { Nonce = Nonce.Parse(Vectors.Nonce) })),
            ("invalid_exact_evm_signature", Call(signer: stranger)),
            ("invalid_exact_evm_signature", Call(signature: Vectors.Signature)),
            ("invalid_exact_evm_signature", Call(signature: Vectors.HighS)),
            ("invalid_payload", Call(content: json => json["salt"] = "9")),
            ("unsupported_payload_type", Call(content: json => json.Remove("salt"))),
        ];
        foreach (var (reason, call) in faults)
            Assert.Equal(reason, (await _facilitator.VerifyAsync(call, default)).InvalidReason);
        Assert.Equal("betar_window_too_long", (await _facilitator.VerifyAsync(Call(change: terms => terms with { ValidBefore = Collected + 16 }), default)).InvalidMessage);
    }

    [Theory]
    [InlineData("captureAuthorizer")]
    [InlineData("captureDeadline")]
    [InlineData("refundDeadline")]
    [InlineData("feeRecipient")]
    [InlineData("minFeeBps")]
    [InlineData("maxFeeBps")]
    public async Task A_term_that_is_missing_or_in_another_form(string member)
    {
        Assert.Equal("betar_auth_capture_terms_malformed", (await _facilitator.VerifyAsync(Call(extra => extra.Remove(member)), default)).InvalidReason);
        Assert.Equal("betar_auth_capture_terms_malformed", (await _facilitator.VerifyAsync(Call(extra => extra[member] = -1), default)).InvalidReason);
    }

    [Theory]
    [InlineData("0xBdEA0D1bcC5966192B070Fdf62aB4EF5b4420cff", "betar_auth_capture_collector_mismatch")]
    [InlineData("0xF7aFF50cD0067cDe65A34F101Dd72db11414ca70", "betar_auth_capture_terms_malformed")]
    [InlineData("escrow", "betar_auth_capture_terms_malformed")]
    public async Task Only_escrows_that_are_known(string escrow, string reason) =>
        Assert.Equal(reason, (await _facilitator.VerifyAsync(Call(extra => extra["authCaptureEscrow"] = escrow), default)).InvalidReason);

    [Fact]
    public async Task The_chain_has_its_say()
    {
        _chain.Answers["e94a0102"] = FacilitatorBench.Word(UInt256.One);
        Assert.Equal("invalid_exact_evm_nonce_already_used", (await _facilitator.VerifyAsync(Call(), default)).InvalidReason);
        _chain.Answers["e94a0102"] = FacilitatorBench.Word(UInt256.Zero);
        _chain.Answers["70a08231"] = FacilitatorBench.Word(50000);
        foreach (var selector in _chain.Answers.Keys.Where(selector => selector is not ("e94a0102" or "70a08231")).ToList())
            _chain.Answers[selector] = FacilitatorBench.Revert;
        Assert.Equal("invalid_exact_evm_transaction_simulation_failed", (await _facilitator.VerifyAsync(Call(), default)).InvalidReason);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_our_client_signs_our_seller_takes(bool bound)
    {
        var offer = Offer(extra =>
        {
            if (!bound)
                extra.Remove("receiverAuthorizer");
        });
        var client = new AuthCaptureClient(new LocalSigner(_payer), _time);
        var policy = new OfferPolicy { Payee = Vectors.SellerAddress, ListedPrice = 50000, Cap = 50000 };

        var signed = await client.SignAsync(offer, 2, policy, default);

        Assert.True(client.Takes(offer, 2) && signed.IsSigned);
        var call = new FacilitatorCall
        {
            Payment = new PaymentPayload { Scheme = offer.Scheme, Network = offer.Network, Accepted = offer, Payload = signed.Payload!.Value }, Requirement = offer,
        };
        Assert.Null((await _facilitator.VerifyAsync(call, default)).InvalidReason);
        Assert.Equal(OfferRefusal.Amount, (await client.SignAsync(offer with { Amount = "50001" }, 2, policy, default)).Refusal);
        Assert.Equal(OfferRefusal.Malformed, (await client.SignAsync(Offer(extra => extra["authCaptureEscrow"] = Vectors.Other), 2, policy, default)).Refusal);
    }

    [Fact]
    public void An_end_has_the_schemes_word() => Assert.Equal(
        ["settlement_pending", null, "betar_auth_capture_authorize_failed", "betar_auth_capture_authorize_failed", "invalid_exact_evm_nonce_already_used",
            "betar_auth_capture_authorize_failed", "betar_auth_capture_authorize_failed"],
        Enum.GetValues<Betar.X402.Settling.SettlementStatus>().Select(new AuthCaptureScheme(new AuthCaptureOptions(), _time).ReasonOf));

    private static TransferTerms Terms(ulong before) => new(
        Address.Parse(Vectors.Payer), AuthCaptureDeployment.V11.Eip3009Collector, 50000, 0, before, AuthCaptureHasher.AuthorizationNonce(Network, AuthCaptureDeployment.V11.Escrow, Info));

    private static Requirement Offer(Action<JsonObject>? change = null)
    {
        var extra = new JsonObject
        {
            ["name"] = "USDC", ["version"] = "2", ["captureAuthorizer"] = Vectors.Other, ["captureDeadline"] = 1790172800, ["refundDeadline"] = 1790345600,
            ["feeRecipient"] = Address.Zero.ToString(), ["minFeeBps"] = 0, ["maxFeeBps"] = 0, ["receiverAuthorizer"] = Vectors.Seller,
        };
        change?.Invoke(extra);
        return FacilitatorBench.Offer with { Scheme = "auth-capture", Extra = FacilitatorBench.Json(extra) };
    }

    private FacilitatorCall Call(
        Action<JsonObject>? extra = null, Func<TransferTerms, TransferTerms>? change = null, Action<JsonObject>? content = null, PrivateKey? signer = null, string? signature = null)
    {
        var terms = change?.Invoke(Terms(Collected)) ?? Terms(Collected);
        var offer = Offer(extra);
        var json = new JsonObject
        {
            ["authorization"] = new JsonObject
            {
                ["from"] = terms.From.ToString(), ["to"] = terms.To.ToString(), ["value"] = terms.Value.ToString(),
                ["validAfter"] = terms.ValidAfter.ToString(), ["validBefore"] = terms.ValidBefore.ToString(), ["nonce"] = terms.Nonce.ToString(),
            },
            ["signature"] = signature ?? Sign(ReceiveAuthorization.Data(PaymentAsset.BaseSepoliaUsdc.Domain, terms), signer ?? _payer),
            ["salt"] = Hex(Salt),
            ["saltNonce"] = Hex(SaltNonce),
        };
        content?.Invoke(json);
        return new FacilitatorCall
        {
            Payment = new PaymentPayload { Scheme = offer.Scheme, Network = offer.Network, Accepted = offer, Payload = FacilitatorBench.Json(json) }, Requirement = offer,
        };
    }

    private static string Sign(TypedData data, PrivateKey key)
    {
        var signature = new byte[65];
        key.Sign(data.Digest.ToArray(), signature);
        signature[64] += 27;
        return "0x" + Convert.ToHexStringLower(signature);
    }

    private static string Hex(UInt256 number)
    {
        var bytes = new byte[32];
        number.WriteBigEndian(bytes);
        return "0x" + Convert.ToHexStringLower(bytes);
    }
}
