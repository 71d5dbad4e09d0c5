using Betar.Ethereum;
using Betar.X402.Schemes.BatchSettlement;
using Betar.X402.Settling;
using Betar.X402.Tests.Support;

namespace Betar.X402.Tests.Schemes;

/// <summary>Answers that are lost and processes that die: between the writes, everything is paid once.</summary>
public sealed partial class ChannelClaimerTests
{
    [Fact]
    public async Task A_claim_whose_answer_was_lost_is_found_on_the_chain_and_not_sent_again()
    {
        var channel = _world.Channel(1);
        await OwesAsync(channel, 5_000);
        _world.Chain.IsAway = false;
        _world.Fate = (include, _, _) =>
        {
            include();
            _world.Chain.IsAway = true;
            return Task.FromResult(SettlementOutcome.Pending());
        };
        Assert.Equal(new ClaimRound { Open = 1, Unknown = 1 }, await Claimer().RunAsync(true, default));
        _world.Chain.IsAway = false;

        Assert.Equal(new ClaimRound { Claimed = 1, Value = 5_000 }, await Claimer().RunAsync(true, default));

        Assert.Single(_world.Sent);
        Assert.Equal(5_000UL, _world.Paid(Vectors.SellerAddress));
        Assert.Empty(await _book.FindOpenAsync(default));
    }

    [Fact]
    public async Task A_process_that_dies_between_the_claim_and_the_book_leaves_it_to_the_next()
    {
        var channel = _world.Channel(1);
        await OwesAsync(channel, 5_000);
        await Assert.ThrowsAsync<IOException>(() => Claimer(book: new DyingBook(_book, atEnd: true)).RunAsync(true, default));
        Assert.Equal(((AtomicAmount)0, 5_000UL), ((await _book.FindAsync(channel.Id, default))!.TotalClaimed, _world.Paid(Vectors.SellerAddress)));

        Assert.Equal(1, (await Claimer().RunAsync(true, default)).Claimed);

        Assert.Equal((AtomicAmount)5_000, (await _book.FindAsync(channel.Id, default))!.TotalClaimed);
        Assert.Single(_world.Sent);
    }

    [Fact]
    public async Task A_process_that_dies_before_it_could_write_has_sent_nothing()
    {
        await OwesAsync(_world.Channel(1), 5_000);
        await Assert.ThrowsAsync<IOException>(() => Claimer(book: new DyingBook(_book, atEnd: false)).RunAsync(true, default));
        Assert.Empty(_world.Sent);

        Assert.Equal(1, (await Claimer().RunAsync(true, default)).Claimed);
    }

    [Fact]
    public async Task A_process_that_dies_while_it_sends_is_waited_for_and_then_sent_anew()
    {
        var channel = _world.Channel(1);
        await OwesAsync(channel, 5_000);
        _world.Fate = (_, _, _) => throw new IOException("Killed.");
        await Assert.ThrowsAsync<IOException>(() => Claimer().RunAsync(true, default));
        _world.Fate = ChannelWorld.Included;

        Assert.Equal(new ClaimRound { Open = 1 }, await Claimer().RunAsync(true, default));
        _time.Advance(TimeSpan.FromMinutes(2) - TimeSpan.FromSeconds(1));
        Assert.Equal(1, (await Claimer().RunAsync(true, default)).Open);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(new ClaimRound { Claimed = 1, Value = 5_000 }, await Claimer().RunAsync(true, default));

        Assert.Equal(2, _world.Sent.Count);
        Assert.NotEqual(_world.Sent[0].Key, _world.Sent[1].Key);
    }

    [Fact]
    public async Task A_transaction_that_comes_late_takes_nothing_twice()
    {
        var channel = _world.Channel(1);
        await OwesAsync(channel, 5_000);
        _world.Fate = (_, _, _) => Task.FromResult(SettlementOutcome.Pending());
        await Claimer().RunAsync(true, default);
        _world.Fate = ChannelWorld.Included;
        _time.Advance(TimeSpan.FromMinutes(2));
        await Claimer().RunAsync(true, default);

        _world.Include(_world.Sent[0]);

        Assert.Equal((5_000UL, (AtomicAmount)5_000), (_world.Paid(Vectors.SellerAddress), _world.Claimed(channel)));
        Assert.Equal(new ClaimRound(), await Claimer().RunAsync(true, default));
    }

    [Fact]
    public async Task While_a_run_is_open_its_channel_is_charged_and_not_claimed_again()
    {
        var channel = _world.Channel(1);
        await OwesAsync(channel, 5_000);
        _world.Fate = (_, _, _) => Task.FromResult(SettlementOutcome.Pending());
        await Claimer().RunAsync(true, default);
        await ChargeAsync(channel, 9_000, 4_000);
        Assert.Equal(1, (await Claimer().RunAsync(true, default)).Open);
        Assert.Single(_world.Sent);

        _world.Include(_world.Sent[0]);
        _world.Fate = ChannelWorld.Included;

        Assert.Equal(2, (await Claimer().RunAsync(true, default)).Claimed);
        Assert.Equal(9_000UL, _world.Paid(Vectors.SellerAddress));
    }

    [Theory]
    [InlineData(SettlementStatus.Reverted)]
    [InlineData(SettlementStatus.Refused)]
    public async Task A_claim_that_certainly_did_not_happen_is_free_at_once(SettlementStatus status)
    {
        await OwesAsync(_world.Channel(1), 5_000);
        _world.Fate = (_, _, _) => Task.FromResult(new SettlementOutcome(status));
        Assert.Equal(new ClaimRound(), await Claimer().RunAsync(true, default));
        _world.Fate = ChannelWorld.Included;

        Assert.Equal(1, (await Claimer().RunAsync(true, default)).Claimed);
    }

    [Fact]
    public async Task A_sender_that_says_settled_is_believed_when_the_chain_says_so_too()
    {
        await OwesAsync(_world.Channel(1), 5_000);
        _world.Fate = (_, _, _) => Task.FromResult(SettlementOutcome.Settled(ScriptedChannel.Transaction));

        Assert.Equal(new ClaimRound { Open = 1 }, await Claimer().RunAsync(true, default));
        Assert.Single(await _book.FindOpenAsync(default));
    }

    [Fact]
    public async Task A_sender_that_never_answers_is_given_up_and_the_run_stays_open()
    {
        await OwesAsync(_world.Channel(1), 5_000);
        _world.Fate = async (_, _, cancellation) =>
        {
            var end = new TaskCompletionSource();
            await using var ends = cancellation.Register(end.SetResult);
            await end.Task;
            return SettlementOutcome.Pending();
        };
        var round = Claimer().RunAsync(true, default);
        Assert.False(round.IsCompleted);

        _time.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(1, (await round).Open);
    }

    [Fact]
    public async Task At_the_end_everything_is_claimed_and_waited_for()
    {
        await OwesAsync(_world.Channel(1), 5_000);
        await OwesAsync(_world.Channel(2), 6_000);
        _world.Fate = (_, _, _) => Task.FromResult(SettlementOutcome.Pending());
        var drain = Claimer().DrainAsync(default);
        Assert.False(drain.IsCompleted);

        _world.Include(_world.Sent[0]);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(new ClaimRound { Claimed = 2, Value = 11_000 }, await drain);
    }

    [Fact]
    public async Task An_end_that_takes_too_long_leaves_the_rest_to_the_next_start()
    {
        await OwesAsync(_world.Channel(1), 5_000);
        _world.Fate = (_, _, _) => Task.FromResult(SettlementOutcome.Pending());
        var drain = Claimer().DrainAsync(default);

        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(1, (await drain).Open);
        Assert.Single(await _book.FindOpenAsync(default));
    }

    [Fact]
    public async Task Two_rounds_at_once_send_once()
    {
        await OwesAsync(_world.Channel(1), 5_000);
        var claimer = Claimer();

        var rounds = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => claimer.RunAsync(true, default))));

        Assert.Equal(1, rounds.Sum(round => round.Claimed));
        Assert.Single(_world.Sent);
    }

    /// <summary>The process dies at one of its writes; what was written before stays.</summary>
    private sealed class DyingBook(MemoryChannelBook whole, bool atEnd) : IChannelClaims
    {
        public Task<IReadOnlyList<ChannelState>> FindUnclaimedAsync(Hash32? after, int most, CancellationToken cancellationToken) =>
            whole.FindUnclaimedAsync(after, most, cancellationToken);

        public Task<IReadOnlyList<ClaimRun>> FindOpenAsync(CancellationToken cancellationToken) => whole.FindOpenAsync(cancellationToken);

        public Task<bool> BeginAsync(ClaimRun run, CancellationToken cancellationToken) => atEnd ? whole.BeginAsync(run, cancellationToken) : throw new IOException("Killed.");

        public Task EndAsync(ClaimRun run, IReadOnlyList<AtomicAmount> claimed, CancellationToken cancellationToken) => throw new IOException("Killed.");
    }
}
