using Betar.Ethereum;
using Betar.X402.Facilitating;
using Betar.X402.Schemes.BatchSettlement;
using Betar.X402.Settling;
using Betar.X402.Tests.Support;
using Betar.X402.Verification;
using Betar.X402.Wire;

namespace Betar.X402.Tests.Schemes;

/// <summary>What is asked for again after an answer was lost is neither charged twice nor lost.</summary>
public sealed partial class BatchSettlementTests
{
    [Fact]
    public async Task A_callers_own_repeat_gets_the_first_outcome_and_is_charged_once()
    {
        await SettleAsync(Deposit(1000, 5000));
        var first = await _facilitator.SettleAsync(Voucher(2000), "mine", default);
        var again = await _facilitator.SettleAsync(Voucher(2000), "mine", default);

        Assert.True(first.Success, first.ErrorReason);
        Assert.Equal(WireCodec.Write(first), WireCodec.Write(again));
        Assert.Equal((AtomicAmount)2000, (await _book.FindAsync(Channel, default))!.Charged);
        foreach (var (call, attempt) in new[] { (Voucher(2000), "theirs"), (Voucher(2000), null), (Priced(999), "mine") })
            Assert.Equal("invalid_batch_settlement_evm_charge_exceeds_signed_cumulative", (await _facilitator.SettleAsync(call, attempt, default)).ErrorReason);

        Assert.True((await _facilitator.SettleAsync(Voucher(3000), "next", default)).Success);
        Assert.False((await _facilitator.SettleAsync(Voucher(2000), "mine", default)).Success);

        FacilitatorCall Priced(int amount) => Voucher(2000) with { Requirement = Offer with { Amount = $"{amount}" } };
    }

    [Fact]
    public async Task A_deposit_whose_book_forgot_the_end_is_charged_once()
    {
        var call = Deposit(1000, 5000);
        Assert.True((await SettleAsync(call)).Success);
        var restarted = new LocalFacilitator(
            [new BatchScheme(new BatchOptions { Book = _book }, _time)], _channel, new MemorySettlementBook(_time),
            new LocalFacilitatorOptions { SimulateBeforeSettling = false }, _time);

        var again = await restarted.SettleAsync(call, null, default);

        Assert.Equal((true, "1000"), (again.Success, State(again, "chargedCumulativeAmount")));
    }

    [Fact]
    public async Task A_deposit_that_was_pending_fills_its_channel_also_when_its_time_is_over()
    {
        var call = Deposit(1000, 5000);
        _channel.Answer = (_, _) => Task.FromResult(SettlementOutcome.Pending(ScriptedChannel.Transaction));
        Assert.True((await SettleAsync(call)).IsPending);
        _time.Advance(TimeSpan.FromMinutes(5));
        _channel.Known = SettlementOutcome.Settled(ScriptedChannel.Transaction);

        var settled = await SettleAsync(call);

        Assert.Equal((true, "1000"), (settled.Success, State(settled, "chargedCumulativeAmount")));
        Assert.Single(_channel.Settled);
    }

    [Fact]
    public async Task A_deposit_that_the_chain_took_and_the_book_could_not_write_is_pending_and_fills_when_it_is_asked_for_again()
    {
        var book = new BrokenBook(_book);
        var facilitator = new LocalFacilitator(
            [new BatchScheme(new BatchOptions { Book = book }, _time)], _channel, new MemorySettlementBook(_time),
            new LocalFacilitatorOptions { SimulateBeforeSettling = false }, _time);
        var call = Deposit(1000, 5000);

        await Assert.ThrowsAsync<IOException>(() => facilitator.SettleAsync(call, "mine", default));
        book.IsWhole = true;
        var again = await facilitator.SettleAsync(call, "mine", default);

        Assert.Equal((true, "1000"), (again.Success, State(again, "chargedCumulativeAmount")));
        Assert.Equal((AtomicAmount)5000, (await _book.FindAsync(Channel, default))!.Balance);
    }

    private sealed class BrokenBook(IChannelBook whole) : IChannelBook
    {
        internal bool IsWhole { get; set; }

        public Task<ChannelState?> FindAsync(Hash32 channelId, CancellationToken cancellationToken) => whole.FindAsync(channelId, cancellationToken);

        public Task DepositedAsync(PaymentChannel channel, Nonce deposit, AtomicAmount amount, CancellationToken cancellationToken) =>
            IsWhole ? whole.DepositedAsync(channel, deposit, amount, cancellationToken) : throw new IOException("The disk is full.");

        public Task<(VerificationOutcome Outcome, ChannelState? State)> ChargeAsync(
            PaymentChannel channel, AtomicAmount maxClaimable, ReadOnlyMemory<byte> signature, AtomicAmount amount, string? step, CancellationToken cancellationToken) =>
            whole.ChargeAsync(channel, maxClaimable, signature, amount, step, cancellationToken);
    }
}
