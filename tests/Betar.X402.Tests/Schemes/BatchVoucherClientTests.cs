using System.Text.Json.Nodes;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.Ethereum.Keys;
using Betar.Tests.Shared;
using Betar.X402.Buying;
using Betar.X402.Schemes;
using Betar.X402.Schemes.BatchSettlement;
using Betar.X402.Tests.Support;
using Betar.X402.Wire;

namespace Betar.X402.Tests.Schemes;

/// <summary>A buyer's channel: one voucher at a time, and never more than was signed, whatever the seller says.</summary>
public sealed partial class BatchVoucherClientTests : IDisposable
{
    private static readonly OfferPolicy Policy = new() { Payee = Vectors.SellerAddress, ListedPrice = 1000, Cap = 1000 };
    private readonly PrivateKey _payer = Vectors.PayerKey();
    private readonly ManualTime _time = new();
    private readonly MemoryBuyerChannels _channels = new();

    public void Dispose() => _payer.Dispose();

    private static ChannelConfig Config => new(
        Address.Parse(Vectors.Payer), Address.Parse(Vectors.Payer), Vectors.SellerAddress, Address.Parse(Vectors.Other), Address.Parse(Golden.Usdc), 900, Hash32.Zero);

    private static Hash32 Id => BatchHasher.ChannelId(NetworkId.BaseSepolia, Config);

    [Fact]
    public async Task Without_a_channel_nothing_is_signed_and_none_is_opened() => Assert.Equal(OfferRefusal.Channel, (await SignAsync(Client())).Refusal);

    [Fact]
    public async Task A_channel_with_room_pays_call_by_call()
    {
        await OpenAsync(3000);
        for (var call = 1UL; call <= 3; call++)
        {
            var signed = await SignAsync(Client());
            Assert.Equal(("voucher", $"{call * 1000}"), (Text(signed, "type"), Text(signed, "voucher", "maxClaimableAmount")));
            Assert.Equal((AtomicAmount)1000, signed.Amount);
            await Client().AnsweredAsync(signed.Key, Answer(call * 1000), default);
        }

        Assert.Equal(OfferRefusal.Channel, (await SignAsync(Client())).Refusal);
    }

    [Fact]
    public async Task The_first_voucher_is_the_published_one()
    {
        await OpenAsync(1000);
        var signed = await SignAsync(Client());
        Assert.Equal((Vectors.BatchChannel, Vectors.BatchVoucherSignature), (Text(signed, "voucher", "channelId"), Text(signed, "voucher", "signature")));
    }

    [Fact]
    public async Task One_voucher_is_on_its_way_at_a_time()
    {
        await OpenAsync(3000);
        var first = await SignAsync(Client());
        Assert.Equal(OfferRefusal.Channel, (await SignAsync(Client())).Refusal);

        await Client().AnsweredAsync(first.Key, Answer(1000), default);

        Assert.True((await SignAsync(Client())).IsSigned);
    }

    [Fact]
    public async Task Of_many_at_once_one_has_the_channel()
    {
        await OpenAsync(64_000);
        var signed = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => SignAsync(Client()))));
        Assert.Single(signed, one => one.IsSigned);
        Assert.Equal((AtomicAmount)1000, (await _channels.FindAsync(Id, default))!.SignedMax);
    }

    [Fact]
    public async Task Who_loses_the_channel_to_another_signs_nothing()
    {
        var client = new BatchVoucherClient(new BatchClient(new LocalSigner(_payer), _time), new TakenChannels(), new BatchBuyerOptions(), _time);
        Assert.Equal(OfferRefusal.Channel, (await SignAsync(client)).Refusal);
    }

    [Theory]
    [InlineData(1001)]
    [InlineData(999_999)]
    public async Task A_seller_that_says_it_charged_more_than_was_signed_is_not_believed(ulong charged)
    {
        await OpenAsync(3000);
        var signed = await SignAsync(Client());
        await Client().AnsweredAsync(signed.Key, Answer(charged), default);
        Assert.Equal(OfferRefusal.Channel, (await SignAsync(Client())).Refusal);
        Assert.Equal(OfferRefusal.Channel, (await SignAsync(Client(), Demand(charged))).Refusal);
    }

    [Fact]
    public async Task An_answer_of_another_payment_or_of_a_failure_changes_nothing()
    {
        await OpenAsync(3000);
        var first = await SignAsync(Client());
        await Client().AnsweredAsync(first.Key, Answer(1000), default);
        var second = await SignAsync(Client());
        var waiting = await _channels.FindAsync(Id, default);

        await Client().AnsweredAsync(first.Key, Answer(1000), default);
        await Client().AnsweredAsync(second.Key, Answer(2000) with { Success = false }, default);
        await Client().AnsweredAsync(second.Key, Answer(999), default);
        await Client().AnsweredAsync(second.Key, Answer(2000) with { Extra = null }, default);

        Assert.Equal(waiting, await _channels.FindAsync(Id, default));
    }

    [Fact]
    public async Task A_demand_that_tells_what_became_of_the_last_voucher_goes_on_from_there()
    {
        await OpenAsync(3000);
        await SignAsync(Client());
        Assert.Equal("1000", Text(await SignAsync(Client(), Demand(0)), "voucher", "maxClaimableAmount"));
        Assert.Equal("2000", Text(await SignAsync(Client(), Demand(1000)), "voucher", "maxClaimableAmount"));
        Assert.Equal((AtomicAmount)2000, (await _channels.FindAsync(Id, default))!.SignedMax);
    }

    [Fact]
    public async Task A_channel_is_filled_where_that_is_wanted_and_counts_when_it_is_confirmed()
    {
        var filling = Client(new BatchBuyerOptions { Deposit = 1500, MaxBalance = 3000 });
        var opened = await SignAsync(filling);
        Assert.Equal(("deposit", "1500"), (Text(opened, "type"), Text(opened, "deposit", "amount")));
        Assert.True((await _channels.FindAsync(Id, default))!.Balance.IsZero);
        Assert.Equal(OfferRefusal.Channel, (await SignAsync(filling, Demand(0))).Refusal);

        await filling.AnsweredAsync(opened.Key, Answer(1000), default);
        var filled = await SignAsync(filling);
        Assert.Equal(("deposit", "2000"), (Text(filled, "type"), Text(filled, "voucher", "maxClaimableAmount")));
        await filling.AnsweredAsync(filled.Key, Answer(2000), default);
        Assert.Equal((AtomicAmount)3000, (await _channels.FindAsync(Id, default))!.Balance);

        var third = await SignAsync(filling);
        Assert.Equal("voucher", Text(third, "type"));
        await filling.AnsweredAsync(third.Key, Answer(3000), default);
        Assert.Equal(OfferRefusal.Channel, (await SignAsync(filling)).Refusal);
    }

    [Fact]
    public async Task A_deposit_that_would_not_do_for_the_call_is_not_made() =>
        Assert.Equal(OfferRefusal.Channel, (await SignAsync(Client(new BatchBuyerOptions { Deposit = 999 }))).Refusal);

    [Fact]
    public void No_deposit_beyond_the_most() =>
        Assert.Throws<ArgumentException>(() => Client(new BatchBuyerOptions { Deposit = 10_000_001 }));

    [Fact]
    public async Task What_the_policy_does_not_allow_touches_no_channel()
    {
        await OpenAsync(3000);
        var before = await _channels.FindAsync(Id, default);
        Assert.Equal(OfferRefusal.Amount, (await SignAsync(Client(), Demand() with { Amount = "1001" })).Refusal);
        Assert.Equal(OfferRefusal.Payee, (await SignAsync(Client(), Demand() with { PayTo = Vectors.Other })).Refusal);
        Assert.Equal(before, await _channels.FindAsync(Id, default));
        Assert.True(Client().Takes(Demand(), 2) && !Client().Takes(Demand(), 1) && !Client().Takes(FacilitatorBench.Offer, 2) && Client().IsPreferred);
    }

    private BatchVoucherClient Client(BatchBuyerOptions? options = null) =>
        new(new BatchClient(new LocalSigner(_payer), _time), _channels, options ?? new BatchBuyerOptions(), _time);

    private static Task<SignedRequirement> SignAsync(BatchVoucherClient client, Requirement? demand = null) => client.SignAsync(demand ?? Demand(), 2, Policy, default);

    private async Task OpenAsync(ulong balance) => Assert.True(await _channels.TryReplaceAsync(null, BuyerChannel.New(Id) with { Balance = balance }, default));

    /// <summary>Whatever is seen of it, somebody else is faster.</summary>
    private sealed class TakenChannels : IBuyerChannels
    {
        public Task<BuyerChannel?> FindAsync(Hash32 channelId, CancellationToken cancellationToken) =>
            Task.FromResult<BuyerChannel?>(BuyerChannel.New(channelId) with { Balance = 3000 });

        public Task<bool> TryReplaceAsync(BuyerChannel? before, BuyerChannel after, CancellationToken cancellationToken) => Task.FromResult(false);
    }

    private static Requirement Demand(ulong? charged = null)
    {
        var extra = new JsonObject { ["name"] = "USDC", ["version"] = "2", ["receiverAuthorizer"] = Vectors.Other, ["withdrawDelay"] = 900 };
        if (charged is { } stated)
            extra["channelState"] = State(stated);
        return FacilitatorBench.Offer with { Scheme = "batch-settlement", Amount = "1000", Extra = FacilitatorBench.Json(extra) };
    }

    private static SettleResponse Answer(ulong charged) => new() { Success = true, Extra = FacilitatorBench.Json(new JsonObject { ["channelState"] = State(charged) }) };

    private static JsonObject State(ulong charged) => new() { ["channelId"] = Id.ToString(), ["chargedCumulativeAmount"] = $"{charged}" };

    private static string? Text(SignedRequirement signed, params string[] path)
    {
        Assert.True(signed.IsSigned, $"{signed.Refusal}");
        return path.Aggregate(signed.Payload.Value, (element, name) => element.GetProperty(name)).GetString();
    }
}
