using Betar.Ethereum;
using Betar.Tests.Shared;
using Betar.X402.Schemes.BatchSettlement;
using Betar.X402.Settling;
using Betar.X402.Tests.Support;

namespace Betar.X402.Tests.Schemes;

/// <summary>When a seller's channels are claimed, and that it happens once.</summary>
public sealed partial class ChannelClaimerTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly ChannelWorld _world = new();
    private readonly MemoryChannelBook _book;
    private readonly List<ChannelClaimer> _claimers = [];

    public ChannelClaimerTests() => _book = new MemoryChannelBook(_time);

    public void Dispose()
    {
        _claimers.ForEach(claimer => claimer.Dispose());
        _world.Dispose();
    }

    [Fact]
    public async Task Below_the_threshold_nothing_is_sent()
    {
        await OwesAsync(_world.Channel(1), 999_999);

        Assert.Equal(new ClaimRound(), await Claimer().RunAsync(false, default));
        Assert.Empty(_world.Sent);
    }

    [Fact]
    public async Task At_the_threshold_it_is_claimed_paid_and_written_down()
    {
        var channel = _world.Channel(1);
        await OwesAsync(channel, 1_000_000);

        Assert.Equal(new ClaimRound { Claimed = 1, Value = 1_000_000 }, await Claimer().RunAsync(false, default));

        Assert.Equal(1_000_000UL, _world.Paid(Vectors.SellerAddress));
        Assert.Equal((AtomicAmount)1_000_000, (await _book.FindAsync(channel.Id, default))!.TotalClaimed);
        Assert.Equal(new ClaimRound(), await Claimer().RunAsync(true, default));
        Assert.Single(_world.Sent);
    }

    [Fact]
    public async Task What_comes_after_a_claim_counts_from_there()
    {
        var channel = _world.Channel(1);
        await OwesAsync(channel, 1_000_000);
        await Claimer().RunAsync(false, default);
        await ChargeAsync(channel, 1_400_000, 400_000);
        Assert.Equal(new ClaimRound(), await Claimer().RunAsync(false, default));

        await ChargeAsync(channel, 2_000_000, 600_000);

        Assert.Equal((AtomicAmount)1_000_000, (await Claimer().RunAsync(false, default)).Value);
        Assert.Equal(2_000_000UL, _world.Paid(Vectors.SellerAddress));
    }

    [Fact]
    public async Task Whatever_is_owed_is_claimed_when_it_is_old()
    {
        var claimer = Claimer();
        await OwesAsync(_world.Channel(1), 1_000);
        _time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        Assert.Equal(0, (await claimer.RunAsync(false, default)).Claimed);

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(1, (await claimer.RunAsync(false, default)).Claimed);
    }

    [Fact]
    public async Task A_payer_that_leaves_is_claimed_before_its_delay_is_half_over()
    {
        var (claimer, channel) = (Claimer(), _world.Channel(1, delay: 900));
        await OwesAsync(channel, 5_000);
        Assert.Equal(0, (await claimer.RunAsync(false, default)).Claimed);
        _world.Leave(channel);

        _time.Advance(TimeSpan.FromSeconds(224));
        Assert.Equal((0, 1), ((await claimer.RunAsync(false, default)).Claimed, _world.Chain.Looks));
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal((1, 2), ((await claimer.RunAsync(false, default)).Claimed, _world.Chain.Looks));
    }

    [Fact]
    public async Task A_look_that_fails_is_made_again_at_once()
    {
        var (claimer, channel) = (Claimer(), _world.Channel(1));
        await OwesAsync(channel, 5_000);
        _world.Leave(channel);
        _world.Chain.IsAway = true;
        Assert.Equal(new ClaimRound { Unknown = 1 }, await claimer.RunAsync(false, default));

        _world.Chain.IsAway = false;

        Assert.Equal(1, (await claimer.RunAsync(false, default)).Claimed);
    }

    [Fact]
    public async Task What_is_worth_no_transaction_is_left_even_when_everything_is_wanted()
    {
        await OwesAsync(_world.Channel(1), 999);
        await OwesAsync(_world.Channel(2), 1_000);

        Assert.Equal(1, (await Claimer().RunAsync(true, default)).Claimed);
        Assert.Equal(1_000UL, _world.Paid(Vectors.SellerAddress));
    }

    [Fact]
    public async Task Many_channels_of_one_receiver_go_together_and_no_more_than_are_allowed()
    {
        for (var salt = 1; salt <= 5; salt++)
            await OwesAsync(_world.Channel(salt), 2_000);
        await OwesAsync(_world.Channel(6, receiver: Address.Parse(Vectors.Other)), 2_000);

        Assert.Equal(6, (await Claimer(new ChannelClaimOptions { MaxClaims = 2 }).RunAsync(true, default)).Claimed);

        Assert.Equal(4, _world.Sent.Count);
        Assert.Equal((10_000UL, 2_000UL), (_world.Paid(Vectors.SellerAddress), _world.Paid(Address.Parse(Vectors.Other))));
        Assert.Equal(4, _world.Sent.Select(request => request.Key).Distinct().Count());
    }

    [Fact]
    public async Task More_channels_than_a_page_are_all_seen()
    {
        for (var salt = 0; salt < 300; salt++)
            await OwesAsync(PaymentChannel.Of(ChannelWorld.Network, _world.Channel(1).Config with { WithdrawDelay = (ulong)(900 + salt) }), 2_000);

        Assert.Equal(300, (await Claimer().RunAsync(true, default)).Claimed);
        Assert.Equal(600_000UL, _world.Paid(Vectors.SellerAddress));
    }

    [Fact]
    public async Task A_claim_that_the_contract_refuses_spoils_no_other_and_costs_nothing()
    {
        var bad = _world.Channel(2);
        await OwesAsync(_world.Channel(1), 2_000);
        await OwesAsync(bad, 2_000);
        await OwesAsync(_world.Channel(3), 2_000);
        _world.Bad.Add(bad.Id);

        var round = await Claimer().RunAsync(true, default);

        Assert.Equal((2, 1), (round.Claimed, round.Refused));
        Assert.Equal(4_000UL, _world.Paid(Vectors.SellerAddress));
        Assert.Equal(new ClaimRound { Refused = 1 }, await Claimer().RunAsync(true, default));
        Assert.Single(_world.Sent);
    }

    [Fact]
    public async Task A_channel_of_another_authoriser_is_not_ours_to_claim()
    {
        await OwesAsync(_world.Channel(1, authorizer: Address.Parse(Vectors.Other)), 2_000_000);

        Assert.Equal(new ClaimRound { Refused = 1 }, await Claimer().RunAsync(false, default));
        Assert.Empty(_world.Sent);
    }

    [Fact]
    public async Task Of_a_channel_whose_payer_took_its_money_back_what_is_left_is_claimed()
    {
        var channel = _world.Channel(1);
        await OwesAsync(channel, 5_000);
        _world.Withdraw(channel, 3_000);

        Assert.Equal(new ClaimRound { Claimed = 1, Uncovered = 1, Value = 3_000 }, await Claimer().RunAsync(true, default));

        Assert.Equal(3_000UL, _world.Paid(Vectors.SellerAddress));
        Assert.Equal(new ClaimRound { Uncovered = 1 }, await Claimer().RunAsync(true, default));
    }

    [Fact]
    public async Task What_somebody_else_claimed_is_learned_and_not_sent()
    {
        var channel = _world.Channel(1);
        await OwesAsync(channel, 5_000);
        using var other = new ChannelClaimer(await CopyAsync(), _world.Chains, _world, _world.Signer, new ChannelClaimOptions(), _time);
        await other.RunAsync(true, default);

        Assert.Equal(new ClaimRound(), await Claimer().RunAsync(true, default));

        Assert.Single(_world.Sent);
        Assert.Equal((AtomicAmount)5_000, (await _book.FindAsync(channel.Id, default))!.TotalClaimed);

        async Task<MemoryChannelBook> CopyAsync()
        {
            var copy = new MemoryChannelBook(_time);
            await copy.DepositedAsync(channel, Nonce.Random(), 10_000_000, default);
            await copy.ChargeAsync(channel, 5_000, new byte[65], 5_000, null, default);
            return copy;
        }
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(3, true)]
    public async Task Where_more_blocks_are_wanted_the_chain_is_asked_of_them(int confirmations, bool isDeep)
    {
        await OwesAsync(_world.Channel(1), 2_000);

        await Claimer(new ChannelClaimOptions { Confirmations = confirmations }).RunAsync(true, default);

        Assert.Equal(isDeep, _world.Chain.Asked.Contains(BlockTag.Number(98)));
    }

    [Fact]
    public void Options_that_cannot_be_are_all_named() => Assert.Equal(7, new ChannelClaimOptions
    {
        MaxAge = TimeSpan.Zero, Interval = TimeSpan.FromMinutes(6), Patience = TimeSpan.FromMinutes(6), DrainTimeout = TimeSpan.Zero, MaxClaims = 65,
        Confirmations = 0, Threshold = 1, Least = 2,
    }.Validate().Count);

    [Fact]
    public void With_such_options_nothing_begins() => Assert.Throws<ArgumentException>(() => Claimer(new ChannelClaimOptions { MaxClaims = 0 }));

    private ChannelClaimer Claimer(ChannelClaimOptions? options = null, IChannelClaims? book = null)
    {
        var claimer = new ChannelClaimer(book ?? _book, _world.Chains, _world, _world.Signer, options ?? new ChannelClaimOptions(), _time);
        _claimers.Add(claimer);
        return claimer;
    }

    private async Task OwesAsync(PaymentChannel channel, ulong charged)
    {
        _world.Fill(channel, 10_000_000);
        await _book.DepositedAsync(channel, Nonce.Random(), 10_000_000, default);
        await ChargeAsync(channel, charged, charged);
    }

    private async Task ChargeAsync(PaymentChannel channel, ulong max, ulong amount) =>
        Assert.True((await _book.ChargeAsync(channel, max, new byte[65], amount, null, default)).Outcome.IsAccepted);
}
