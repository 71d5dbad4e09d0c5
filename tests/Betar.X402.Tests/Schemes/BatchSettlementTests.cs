using System.Text.Json;
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
using Betar.X402.Schemes.BatchSettlement;
using Betar.X402.Tests.Support;
using Betar.X402.Wire;

namespace Betar.X402.Tests.Schemes;

/// <summary>A channel from its deposit to its last voucher, each row with its one fault, and the published vectors.</summary>
public sealed partial class BatchSettlementTests : IDisposable
{
    private static readonly ChannelConfig Config = new(
        Address.Parse(Vectors.Payer), Address.Parse(Vectors.Payer), Vectors.SellerAddress, Address.Parse(Vectors.Other), Address.Parse(Golden.Usdc), 900, Hash32.Zero);

    private static readonly Requirement Offer = FacilitatorBench.Offer with
    {
        Scheme = "batch-settlement", Amount = "1000",
        Extra = JsonDocument.Parse($$"""{"name":"USDC","version":"2","receiverAuthorizer":"{{Vectors.Other}}","withdrawDelay":900,"minDeposit":"5000"}""").RootElement,
    };

    private readonly ManualTime _time = new();
    private readonly PrivateKey _payer = Vectors.PayerKey();
    private readonly PrivateKey _stranger = Vectors.Key("marketplace other seller");
    private readonly MemoryChannelBook _book;
    private readonly ScriptedChannel _channel = new();
    private readonly LocalFacilitator _facilitator;

    public BatchSettlementTests()
    {
        _book = new MemoryChannelBook(_time);
        _facilitator = new LocalFacilitator(
            [new BatchScheme(new BatchOptions { Book = _book }, _time)], _channel, new MemorySettlementBook(_time),
            new LocalFacilitatorOptions { SimulateBeforeSettling = false }, _time);
    }

    private static Hash32 Channel => BatchHasher.ChannelId(NetworkId.BaseSepolia, Config);

    private static PaymentChannel Whole => PaymentChannel.Of(NetworkId.BaseSepolia, Config);

    public void Dispose()
    {
        _payer.Dispose();
        _stranger.Dispose();
    }

    [Fact]
    public void The_published_channel_voucher_and_deposit()
    {
        var voucher = BatchHasher.Voucher(NetworkId.BaseSepolia, Channel, 1000);

        Assert.Equal(Vectors.BatchChannel, Channel.ToString());
        Assert.Equal(Vectors.BatchVoucherDigest, voucher.Digest.ToString());
        Assert.Equal(Vectors.BatchVoucherSignature, Sign(voucher, _payer));
        Assert.Equal(Vectors.BatchDepositNonce, BatchHasher.DepositNonce(Channel, 7).ToString());
    }

    [Fact]
    public async Task A_deposit_then_vouchers_until_it_is_empty()
    {
        var opened = await SettleAsync(Deposit(1000, 5000));
        Assert.Equal((true, "1000"), (opened.Success, State(opened, "chargedCumulativeAmount")));
        for (var charged = 2000; charged <= 5000; charged += 1000)
        {
            Assert.True((await VerifyAsync(Voucher((ulong)charged))).IsValid);
            var settled = await SettleAsync(Voucher((ulong)charged));
            Assert.Equal((true, $"{charged}", "", "1000"), (settled.Success, State(settled, "chargedCumulativeAmount"), settled.Transaction, settled.Amount));
        }

        Assert.Equal("invalid_batch_settlement_evm_cumulative_exceeds_balance", (await VerifyAsync(Voucher(6000))).InvalidReason);
        var deposit = Assert.Single(_channel.Settled);
        Assert.Equal((BatchContracts.Settlement, BatchContracts.Eip3009Collector, (AtomicAmount)5000), (deposit.Call.To, deposit.Transfer!.To, deposit.Transfer.Value));
        var state = (await _book.FindAsync(Channel, default))!;
        Assert.Equal(((AtomicAmount)5000, (AtomicAmount)5000), (state.Charged, state.SignedMax));
    }

    [Fact]
    public async Task A_voucher_is_charged_once_by_64_at_once()
    {
        await SettleAsync(Deposit(1000, 5000));
        var call = Voucher(2000);

        var all = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => SettleAsync(call))));

        Assert.Single(all, response => response.Success);
        Assert.Equal(63, all.Count(response => response.ErrorReason == "invalid_batch_settlement_evm_charge_exceeds_signed_cumulative"));
        Assert.Equal((AtomicAmount)2000, (await _book.FindAsync(Channel, default))!.Charged);
    }

    [Fact]
    public async Task A_voucher_that_was_rolled_back_or_skips_is_refused()
    {
        await SettleAsync(Deposit(1000, 5000));
        await SettleAsync(Voucher(2000));

        foreach (var max in new ulong[] { 1000, 2000, 2999, 3001, 4000 })
            Assert.Equal("invalid_batch_settlement_evm_cumulative_amount_mismatch", (await VerifyAsync(Voucher(max))).InvalidReason);
    }

    [Fact]
    public async Task A_deposit_whose_call_cost_less_than_was_agreed_is_brought_and_charged_so()
    {
        FacilitatorCall agreed = Deposit(1000, 5000);
        Assert.True((await VerifyAsync(agreed)).IsValid);

        SettleResponse settled = await SettleAsync(agreed with { Requirement = agreed.Requirement with { Amount = "300" } });

        Assert.Equal((true, "300"), (settled.Success, settled.Amount));
        Assert.Equal((AtomicAmount)300, (await _book.FindAsync(Channel, default))!.Charged);
        Assert.Equal("invalid_batch_settlement_evm_cumulative_amount_mismatch", (await VerifyAsync(Voucher(1299))).InvalidReason);
        Assert.True((await VerifyAsync(Voucher(1300))).IsValid);
    }

    [Fact]
    public async Task What_was_claimed_is_not_signed_again()
    {
        var state = new ChannelState(Channel, 5000, 2000, 2000, 2000, default);

        Assert.Equal(BatchReasons.BelowClaimed, ChannelRules.CheckVoucher(state, 2000, 1000).Reason);
        Assert.True(ChannelRules.CheckVoucher(state, 3000, 1000).IsAccepted);
        await Task.CompletedTask;
    }

    [Fact]
    public async Task A_channel_that_nobody_knows() =>
        Assert.Equal("invalid_batch_settlement_evm_channel_not_found", (await VerifyAsync(Voucher(1000))).InvalidReason);

    [Fact]
    public async Task The_same_deposit_fills_once()
    {
        await _book.DepositedAsync(Whole, Nonce.Parse(Vectors.Nonce), 5000, default);
        await _book.DepositedAsync(Whole, Nonce.Parse(Vectors.Nonce), 5000, default);

        Assert.Equal((AtomicAmount)5000, (await _book.FindAsync(Channel, default))!.Balance);
    }

    [Fact]
    public async Task A_deposit_that_fails_opens_nothing()
    {
        _channel.Answer = (_, _) => Task.FromResult(new Betar.X402.Settling.SettlementOutcome(Betar.X402.Settling.SettlementStatus.Reverted));

        Assert.Equal("invalid_batch_settlement_evm_deposit_transaction_failed", (await SettleAsync(Deposit(1000, 5000))).ErrorReason);
        Assert.Null(await _book.FindAsync(Channel, default));
    }

    [Fact]
    public async Task Each_row_has_its_reason()
    {
        await SettleAsync(Deposit(1000, 5000));
        var now = _time.GetUtcNow().ToUnixTimeSeconds();
        (string Reason, FacilitatorCall Call)[] faults =
        [
            ("scheme", Voucher(2000) with { Payment = Voucher(2000).Payment with { Scheme = "exact" } }),
            ("network_mismatch", Voucher(2000) with { Payment = Voucher(2000).Payment with { Network = "eip155:8453" } }),
            ("missing_eip712_domain", Voucher(2000) with { Requirement = Offer with { Extra = null } }),
            ("payload_type", Change(Voucher(2000), json => json["type"] = "claim")),
            ("channel_id_mismatch", Change(Voucher(2000), json => json["voucher"]!["channelId"] = Vectors.Nonce)),
            ("channel_id_mismatch", Change(Voucher(2000), json => json["channelConfig"]!["withdrawDelay"] = 901)),
            ("receiver_mismatch", Voucher(2000, Config with { Receiver = Address.Parse(Vectors.Other) })),
            ("receiver_authorizer_mismatch", Voucher(2000, Config with { ReceiverAuthorizer = Vectors.SellerAddress })),
            ("token_mismatch", Voucher(2000, Config with { Token = Vectors.SellerAddress })),
            ("withdraw_delay_mismatch", Voucher(2000, Config with { WithdrawDelay = 901 })),
            ("voucher_signature", Voucher(2000, signer: _stranger)),
            ("voucher_signature", Change(Voucher(2000), json => json["voucher"]!["maxClaimableAmount"] = "3000")),
            ("payload_authorization_valid_before", Deposit(2000, 5000, before: now + 5)),
            ("payload_authorization_valid_after", Deposit(2000, 5000, after: now + 1)),
            ("deposit_below_min_deposit", Deposit(2000, 4999)),
            ("receive_authorization_signature", Deposit(2000, 5000, depositor: _stranger)),
            ("receive_authorization_signature", Change(Deposit(2000, 5000), json => json["deposit"]!["amount"] = "6000")),
        ];
        foreach (var (reason, call) in faults)
            Assert.Equal("invalid_batch_settlement_evm_" + reason, (await VerifyAsync(call)).InvalidReason);
        Assert.Equal("betar_window_too_long", (await VerifyAsync(Deposit(2000, 5000, before: now + 316))).InvalidMessage);
        Assert.True((await VerifyAsync(Deposit(2000, 5000, before: now + 6))).IsValid);
    }

    [Theory]
    [InlineData(899, false)]
    [InlineData(900, true)]
    [InlineData(2_592_000, true)]
    [InlineData(2_592_001, false)]
    public async Task The_withdraw_delay_has_bounds(ulong delay, bool fits)
    {
        var offer = Offer with { Extra = JsonDocument.Parse($$"""{"name":"USDC","version":"2","receiverAuthorizer":"{{Vectors.Other}}"}""").RootElement };

        var verified = await VerifyAsync(Voucher(1000, Config with { WithdrawDelay = delay }) with { Requirement = offer });

        Assert.Equal(fits ? "invalid_batch_settlement_evm_channel_not_found" : "invalid_batch_settlement_evm_withdraw_delay_out_of_range", verified.InvalidReason);
    }

    [Theory]
    [InlineData("channelConfig.payer")]
    [InlineData("channelConfig.salt")]
    [InlineData("channelConfig.withdrawDelay")]
    [InlineData("voucher.channelId")]
    [InlineData("voucher.maxClaimableAmount")]
    [InlineData("deposit.amount")]
    [InlineData("deposit.authorization")]
    [InlineData("deposit.authorization.erc3009Authorization.salt")]
    [InlineData("deposit.authorization.erc3009Authorization.validBefore")]
    public async Task A_member_that_is_missing_or_in_another_form(string path)
    {
        foreach (var value in new JsonNode?[] { null, true, "x", "340282366920938463463374607431768211456" })
        {
            var verified = await VerifyAsync(Change(Deposit(1000, 5000), json =>
            {
                var parts = path.Split('.');
                var parent = parts[..^1].Aggregate((JsonNode)json, (node, part) => node[part]!);
                parent[parts[^1]] = value?.DeepClone();
            }));
            Assert.False(verified.IsValid);
        }
    }

    [Fact]
    public async Task What_our_client_signs_our_seller_takes()
    {
        var client = new BatchClient(new LocalSigner(_payer), _time);
        var policy = new OfferPolicy { Payee = Vectors.SellerAddress, ListedPrice = 1000, Cap = 1000 };
        var config = client.ChannelFor(Offer, policy, out var refusal)!;

        var deposit = await client.SignDepositAsync(PaymentAsset.BaseSepoliaUsdc, config, 1000, 5000, TimeSpan.FromMinutes(1), default);
        var voucher = await client.SignVoucherAsync(PaymentAsset.BaseSepoliaUsdc, config, 2000, default);

        Assert.Equal((OfferRefusal.None, Channel), (refusal, BatchHasher.ChannelId(NetworkId.BaseSepolia, config)));
        Assert.True((await SettleAsync(Call(deposit!.Value))).Success);
        Assert.True((await SettleAsync(Call(voucher!.Value))).Success);
        Assert.Null(client.ChannelFor(Offer with { Amount = "1001" }, policy, out refusal));
        Assert.Equal(OfferRefusal.Amount, refusal);
        Assert.Null(client.ChannelFor(FacilitatorBench.Offer, policy, out refusal));
        Assert.Equal(OfferRefusal.Scheme, refusal);
        Assert.Null(client.ChannelFor(Offer with { Extra = FacilitatorBench.Offer.Extra }, policy, out refusal));
        Assert.Equal(OfferRefusal.Malformed, refusal);
    }

    private FacilitatorCall Voucher(ulong max, ChannelConfig? config = null, PrivateKey? signer = null) => Call(Json(Content(max, config ?? Config, signer ?? _payer)));

    private FacilitatorCall Deposit(ulong max, ulong amount, long? after = null, long? before = null, PrivateKey? depositor = null)
    {
        var (begin, end) = ((ulong)(after ?? 0), (ulong)(before ?? _time.GetUtcNow().ToUnixTimeSeconds() + 60));
        var terms = new TransferTerms(Config.Payer, BatchContracts.Eip3009Collector, amount, begin, end, BatchHasher.DepositNonce(Channel, 7));
        var content = Content(max, Config, _payer);
        content["type"] = "deposit";
        content["deposit"] = new JsonObject
        {
            ["amount"] = $"{amount}",
            ["authorization"] = new JsonObject
            {
                ["erc3009Authorization"] = new JsonObject
                {
                    ["validAfter"] = $"{begin}", ["validBefore"] = $"{end}", ["salt"] = "7",
                    ["signature"] = Sign(ReceiveAuthorization.Data(PaymentAsset.BaseSepoliaUsdc.Domain, terms), depositor ?? _payer),
                },
            },
        };
        return Call(Json(content));
    }

    private static JsonObject Content(ulong max, ChannelConfig config, PrivateKey signer)
    {
        var id = BatchHasher.ChannelId(NetworkId.BaseSepolia, config);
        return new JsonObject
        {
            ["type"] = "voucher",
            ["channelConfig"] = new JsonObject
            {
                ["payer"] = config.Payer.ToString(), ["payerAuthorizer"] = config.PayerAuthorizer.ToString(), ["receiver"] = config.Receiver.ToString(),
                ["receiverAuthorizer"] = config.ReceiverAuthorizer.ToString(), ["token"] = config.Token.ToString(), ["withdrawDelay"] = config.WithdrawDelay,
                ["salt"] = config.Salt.ToString(),
            },
            ["voucher"] = new JsonObject
            {
                ["channelId"] = id.ToString(), ["maxClaimableAmount"] = $"{max}",
                ["signature"] = Sign(BatchHasher.Voucher(NetworkId.BaseSepolia, id, max), signer),
            },
        };
    }

    private static FacilitatorCall Call(JsonElement content) => new()
    {
        Payment = new PaymentPayload { Scheme = Offer.Scheme, Network = Offer.Network, Accepted = Offer, Payload = content },
        Requirement = Offer,
    };

    private static FacilitatorCall Change(FacilitatorCall call, Action<JsonObject> change)
    {
        var content = JsonNode.Parse(call.Payment.Payload.GetRawText())!.AsObject();
        change(content);
        return Call(Json(content));
    }

    private static JsonElement Json(JsonObject content) => FacilitatorBench.Json(content);

    private static string Sign(TypedData data, PrivateKey key)
    {
        var signature = new byte[65];
        key.Sign(data.Digest.ToArray(), signature);
        signature[64] += 27;
        return "0x" + Convert.ToHexStringLower(signature);
    }

    private static string? State(SettleResponse response, string member) => response.Extra?.GetProperty("channelState").GetProperty(member).GetString();

    private Task<VerifyResponse> VerifyAsync(FacilitatorCall call) => _facilitator.VerifyAsync(call, default);

    private Task<SettleResponse> SettleAsync(FacilitatorCall call) => _facilitator.SettleAsync(call, null, default);
}
