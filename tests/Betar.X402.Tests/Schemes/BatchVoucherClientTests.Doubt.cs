using Betar.Ethereum;
using Betar.Ethereum.Keys;
using Betar.X402.Buying;
using Betar.X402.Schemes;
using Betar.X402.Schemes.BatchSettlement;
using Betar.X402.Tests.Support;

namespace Betar.X402.Tests.Schemes;

/// <summary>Vouchers and deposits of which nothing is heard: the channel goes on, and is never signed away twice.</summary>
public sealed partial class BatchVoucherClientTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task A_voucher_of_which_nothing_is_heard_is_waited_for_and_then_taken_for_not_charged()
    {
        await OpenAsync(3000);
        await SignAsync(Client());
        _time.Advance(Patience - TimeSpan.FromSeconds(1));
        Assert.Equal(OfferRefusal.Channel, (await SignAsync(Client())).Refusal);

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("1000", Text(await SignAsync(Client()), "voucher", "maxClaimableAmount"));
        Assert.Equal((AtomicAmount)1000, (await _channels.FindAsync(Id, default))!.SignedMax);
    }

    [Fact]
    public async Task The_next_one_takes_it_for_charged_and_so_on_by_turns()
    {
        await OpenAsync(5000);
        foreach (var expected in new[] { "1000", "1000", "2000", "1000", "2000" })
        {
            Assert.Equal(expected, Text(await SignAsync(Client()), "voucher", "maxClaimableAmount"));
            _time.Advance(Patience);
        }

        Assert.Equal((AtomicAmount)2000, (await _channels.FindAsync(Id, default))!.SignedMax);
    }

    [Theory]
    [InlineData(0, 1000)]
    [InlineData(1, 2000)]
    public async Task Whichever_was_true_the_answer_ends_the_doubt(int refused, ulong charged)
    {
        await OpenAsync(5000);
        await SignAsync(Client());
        for (var i = 0; i < refused; i++)
        {
            _time.Advance(Patience);
            await SignAsync(Client());
        }

        _time.Advance(Patience);
        await Client().AnsweredAsync((await SignAsync(Client())).Key, Answer(charged), default);

        var known = (await _channels.FindAsync(Id, default))!;
        Assert.Equal((charged, null, null, null, false), ((ulong)known.Charged.Units, known.Waiting, known.Until, known.Doubt, known.AssumesCharged));
        Assert.Equal($"{charged + 1000}", Text(await SignAsync(Client()), "voucher", "maxClaimableAmount"));
    }

    [Fact]
    public async Task A_demand_that_tells_ends_the_doubt_too()
    {
        await OpenAsync(5000);
        await SignAsync(Client());
        _time.Advance(Patience);
        await SignAsync(Client());

        Assert.Equal("2000", Text(await SignAsync(Client(), Demand(1000)), "voucher", "maxClaimableAmount"));
        Assert.Null((await _channels.FindAsync(Id, default))!.Doubt);
    }

    [Fact]
    public async Task A_late_answer_to_a_voucher_that_was_given_up_changes_nothing()
    {
        await OpenAsync(5000);
        var late = await SignAsync(Client());
        _time.Advance(Patience);
        var cheaper = await SignAsync(Client(), Demand() with { Amount = "400" });
        var waiting = await _channels.FindAsync(Id, default);

        await Client().AnsweredAsync(late.Key, Answer(1000), default);

        Assert.Equal(waiting, await _channels.FindAsync(Id, default));
        await Client().AnsweredAsync(cheaper.Key, Answer(400), default);
        Assert.Equal((AtomicAmount)400, (await _channels.FindAsync(Id, default))!.Charged);
    }

    [Fact]
    public async Task However_often_nothing_is_heard_no_more_is_signed_than_that_voucher_and_the_next()
    {
        await OpenAsync(9000);
        for (var i = 0; i < 20; i++)
        {
            await SignAsync(Client());
            _time.Advance(Patience);
        }

        Assert.Equal((AtomicAmount)2000, (await _channels.FindAsync(Id, default))!.SignedMax);
    }

    [Theory]
    [InlineData(true, "voucher", 1500UL)]
    [InlineData(false, "deposit", 0UL)]
    public async Task A_deposit_of_which_nothing_is_heard_is_what_the_chain_says_when_its_time_is_over(bool isThere, string then, ulong balance)
    {
        using var world = new ChannelWorld();
        world.Fill(PaymentChannel.Of(NetworkId.BaseSepolia, Config), isThere ? 1500UL : 0);
        var client = Filling(world.Chains);
        await SignAsync(client);
        _time.Advance(Patience);
        Assert.Equal(OfferRefusal.Channel, (await SignAsync(client)).Refusal);

        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(then, Text(await SignAsync(client), "type"));
        Assert.Equal((AtomicAmount)balance, (await _channels.FindAsync(Id, default))!.Balance);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Where_the_chain_is_away_or_nobody_can_ask_it_a_deposit_is_not_made_again(bool hasChain)
    {
        using var world = new ChannelWorld();
        world.Chain.IsAway = true;
        var client = Filling(hasChain ? world.Chains : null);
        await SignAsync(client);
        _time.Advance(TimeSpan.FromDays(1));

        Assert.Equal(OfferRefusal.Channel, (await SignAsync(client)).Refusal);

        Assert.Equal((AtomicAmount)1500, (await _channels.FindAsync(Id, default))!.Filling);
    }

    [Fact]
    public async Task A_deposit_with_a_long_window_is_waited_for_to_its_end()
    {
        var client = Filling(null);
        await client.SignAsync(Demand() with { MaxTimeoutSeconds = 3600 }, 2, Policy with { MaxTimeout = TimeSpan.FromHours(1) }, default);
        Assert.Equal(_time.GetUtcNow() + TimeSpan.FromMinutes(61), (await _channels.FindAsync(Id, default))!.Until);
    }

    [Theory]
    [InlineData(59)]
    [InlineData(86_401)]
    public void Patience_has_its_bounds(int seconds) =>
        Assert.Throws<ArgumentException>(() => Client(new BatchBuyerOptions { Patience = TimeSpan.FromSeconds(seconds) }));

    private BatchVoucherClient Filling(IChains? chains) => new(
        new BatchClient(new LocalSigner(_payer), _time), _channels, new BatchBuyerOptions { Deposit = 1500, MaxBalance = 3000 }, _time, chains);
}
