using System.Text.Json;
using System.Text.Json.Nodes;
using Betar.Ethereum;
using Betar.X402.Facilitating;
using Betar.X402.Schemes.BatchSettlement;
using Betar.X402.Tests.Support;
using Betar.X402.Verification;

namespace Betar.X402.Tests.Schemes;

/// <summary>What a channel allows, to the last unit, and what its buyer is told.</summary>
public sealed partial class BatchSettlementTests
{
    private static readonly ChannelState Half = new(Channel, 5000, 2000, 2000, 3000, default);

    [Fact]
    public void A_charge_is_bound_as_a_voucher_is()
    {
        foreach (var check in new Func<ChannelState?, AtomicAmount, VerificationOutcome>[] { (state, max) => ChannelRules.CheckCharge(state, max, 1), (state, max) => ChannelRules.CheckVoucher(state, max, 1) })
        {
            Assert.Equal(BatchReasons.ChannelNotFound, check(null, 1).Reason);
            Assert.Equal(BatchReasons.ChannelNotFound, check(Half with { Balance = 0 }, 1).Reason);
            Assert.Equal(BatchReasons.ExceedsBalance, check(Half, 5001).Reason);
            Assert.Equal(BatchReasons.BelowClaimed, check(Half, 2000).Reason);
            Assert.True(check(Half, 2001).IsAccepted);
        }

        Assert.True(ChannelRules.CheckCharge(Half, 5000, 3000).IsAccepted);
        Assert.Equal(BatchReasons.ChargeExceedsSigned, ChannelRules.CheckCharge(Half, 5000, 3001).Reason);
        Assert.Equal(BatchReasons.ChargeExceedsSigned, ChannelRules.CheckCharge(Half, 5000, new AtomicAmount(UInt256.MaxValue)).Reason);
        Assert.Equal(BatchReasons.CumulativeMismatch, ChannelRules.CheckVoucher(Half, 5000, new AtomicAmount(UInt256.MaxValue)).Reason);
    }

    [Fact]
    public void The_highest_voucher_stays()
    {
        var (held, brought) = (new byte[] { 1 }, new byte[] { 2 });
        var state = Half with { Signature = held };

        Assert.Equal(((AtomicAmount)2500, (AtomicAmount)3000, true), Told(Charged(2500, 500), held));
        Assert.Equal(((AtomicAmount)2500, (AtomicAmount)3000, true), Told(Charged(3000, 500), held));
        Assert.Equal(((AtomicAmount)3001, (AtomicAmount)3001, true), Told(Charged(3001, 1001), brought));
        Assert.Equal($"channel {Channel}: 2000 of 5000", Half.ToString());

        ChannelState Charged(AtomicAmount max, AtomicAmount amount) =>
            state.Charge(PaymentChannel.Of(NetworkId.BaseSepolia, Config), max, brought, amount, "a", _time.GetUtcNow());

        static (AtomicAmount, AtomicAmount, bool) Told(ChannelState state, byte[] signature) => (state.Charged, state.SignedMax, state.Signature.Span.SequenceEqual(signature));
    }

    [Fact]
    public void There_is_something_to_claim_since_the_first_charge_after_the_last_claim()
    {
        var (channel, now) = (PaymentChannel.Of(NetworkId.BaseSepolia, Config), _time.GetUtcNow());
        var charged = Half.Charge(channel, 3000, default, 500, "a", now);
        var again = charged.Charge(channel, 3000, default, 500, "b", now.AddSeconds(1));

        Assert.Equal((channel, now, "b", now), (again.Channel, charged.UnclaimedSince, again.LastStep, again.UnclaimedSince));
        Assert.Equal((null, (AtomicAmount)3000), (again.Claim(3000, now.AddSeconds(2)).UnclaimedSince, again.Claim(3000, now).TotalClaimed));
        Assert.Equal(now.AddSeconds(2), again.Claim(2999, now.AddSeconds(2)).UnclaimedSince);
    }

    [Fact]
    public void A_repeat_is_the_same_wish_for_the_same_voucher()
    {
        var state = Half with { LastStep = "a" };
        Assert.True(ChannelRules.IsRepeat(state, 3000, "a"));
        Assert.False(ChannelRules.IsRepeat(state, 3001, "a"));
        Assert.False(ChannelRules.IsRepeat(state, 3000, "b"));
        Assert.False(ChannelRules.IsRepeat(Half, 3000, null));
        Assert.False(ChannelRules.IsRepeat(null, 3000, "a"));
    }

    [Fact]
    public async Task What_a_buyer_is_told_of_its_channel()
    {
        await SettleAsync(Deposit(1000, 5000));
        var settled = await SettleAsync(Voucher(2000));
        Assert.Equal(
            $$"""{"channelState":{"channelId":"{{Channel}}","balance":"5000","totalClaimed":"0","withdrawRequestedAt":0,"refundNonce":"0","chargedCumulativeAmount":"2000"},"chargedAmount":"1000"}""",
            settled.Extra!.Value.GetRawText());
        Assert.Equal((Vectors.Payer, "eip155:84532"), (settled.Payer, settled.Network));
    }

    [Fact]
    public async Task The_withdraw_delay_has_40_bits()
    {
        var most = await VerifyAsync(Voucher(1000, Config with { WithdrawDelay = (1UL << 40) - 1 }));
        Assert.Equal("invalid_batch_settlement_evm_withdraw_delay_mismatch", most.InvalidReason);
        foreach (var delay in new[] { 1L << 40, -1 })
            Assert.Equal("betar_payload_missing", (await VerifyAsync(Change(Voucher(1000), json => json["channelConfig"]!["withdrawDelay"] = delay))).InvalidMessage);
    }

    [Fact]
    public async Task Amounts_have_128_bits()
    {
        var most = UInt128.MaxValue.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var verified = await VerifyAsync(Change(Voucher(1000), json => json["voucher"]!["maxClaimableAmount"] = most));
        Assert.Equal("invalid_batch_settlement_evm_voucher_signature", verified.InvalidReason);
    }

    [Theory]
    [InlineData("receiverAuthorizer", null, "receiver_authorizer_mismatch")]
    [InlineData("receiverAuthorizer", "0x0000000000000000000000000000000000000000", "receiver_authorizer_mismatch")]
    [InlineData("withdrawDelay", "900", "withdraw_delay_mismatch")]
    public async Task What_a_demand_lacks_no_channel_has(string member, string? value, string reason)
    {
        var extra = JsonNode.Parse(Offer.Extra!.Value.GetRawText())!.AsObject();
        extra[member] = value;
        var channel = value?.StartsWith("0x", StringComparison.Ordinal) == true ? Config with { ReceiverAuthorizer = Address.Zero } : Config;
        Assert.Equal("invalid_batch_settlement_evm_" + reason, (await VerifyAsync(Voucher(1000, channel) with { Requirement = Offer with { Extra = Json(extra) } })).InvalidReason);
    }

    [Fact]
    public async Task Without_an_authoriser_the_payer_signs_vouchers_and_with_one_nobody_else_does()
    {
        var own = Config with { PayerAuthorizer = Address.Zero };
        var other = Config with { PayerAuthorizer = Address.FromKey(_stranger) };
        Assert.Equal("invalid_batch_settlement_evm_channel_not_found", (await VerifyAsync(Voucher(1000, own))).InvalidReason);
        Assert.Equal("invalid_batch_settlement_evm_voucher_signature", (await VerifyAsync(Voucher(1000, own, _stranger))).InvalidReason);
        Assert.Equal("invalid_batch_settlement_evm_channel_not_found", (await VerifyAsync(Voucher(1000, other, _stranger))).InvalidReason);
        Assert.Equal("invalid_batch_settlement_evm_voucher_signature", (await VerifyAsync(Voucher(1000, other))).InvalidReason);
    }

    [Theory]
    [InlineData(null, 900UL)]
    [InlineData("900", 900UL)]
    [InlineData("2592000", 2_592_000UL)]
    [InlineData("899", null)]
    [InlineData("2592001", null)]
    [InlineData("\"900\"", null)]
    [InlineData("-1", null)]
    public void A_buyer_opens_channels_whose_delay_the_contract_takes(string? stated, ulong? delay)
    {
        var extra = JsonNode.Parse(Offer.Extra!.Value.GetRawText())!.AsObject();
        extra.Remove("withdrawDelay");
        if (stated is not null)
            extra["withdrawDelay"] = JsonNode.Parse(stated);
        var policy = new Betar.X402.Buying.OfferPolicy { Payee = Vectors.SellerAddress, ListedPrice = 1000, Cap = 1000 };

        var config = new BatchClient(new Betar.Ethereum.Keys.LocalSigner(_payer), _time).ChannelFor(Offer with { Extra = Json(extra) }, policy, out var refusal);

        Assert.Equal(delay, config?.WithdrawDelay);
        Assert.Equal(delay is null ? Betar.X402.Buying.OfferRefusal.Malformed : Betar.X402.Buying.OfferRefusal.None, refusal);
    }

    [Fact]
    public void A_blocked_payer_has_no_channel()
    {
        var careful = new BatchScheme(new BatchOptions { Book = _book, Verification = new VerificationOptions { BlockList = new PayersBlocked() } }, _time);
        Assert.Equal((VerificationReasons.PayerBlocked, null), (careful.Read(Voucher(1000), out var payment).Reason, payment));
    }

    [Fact]
    public async Task A_deposit_is_what_is_called_and_proven()
    {
        var call = Deposit(1000, 5000);
        await SettleAsync(call);
        var request = Assert.Single(_channel.Settled);
        Assert.Equal((300_000UL, (ulong)_time.GetUtcNow().ToUnixTimeSeconds() + 60), (request.Call.GasLimit, request.ValidBefore));
        Assert.Equal(new PaymentKey(NetworkId.BaseSepolia, Config.Token, Config.Payer, Nonce.Parse(Vectors.BatchDepositNonce)), request.Key);
        Assert.Equal(Config.Payer, request.Transfer!.From);
        Assert.Equal(
            FacilitatorBench.Selector("deposit((address,address,address,address,address,uint40,bytes32),uint128,address,bytes)"),
            Convert.ToHexStringLower(request.Call.Data.Span[..4]));
    }

    [Fact]
    public void An_end_has_the_schemes_word() => Assert.Equal(
        ["settlement_pending", null, .. Enumerable.Repeat("invalid_batch_settlement_evm_deposit_transaction_failed", 5)],
        Enum.GetValues<Betar.X402.Settling.SettlementStatus>().Select(new BatchScheme(new BatchOptions { Book = _book }, _time).ReasonOf));

    private sealed class PayersBlocked : IPayerBlockList
    {
        public bool IsBlocked(Address payer) => payer == Config.Payer;
    }
}
