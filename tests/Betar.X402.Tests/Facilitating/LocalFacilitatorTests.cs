using Betar.Ethereum;
using Betar.X402.Facilitating;
using Betar.X402.Settling;
using Betar.X402.Tests.Support;
using Betar.X402.Wire;

namespace Betar.X402.Tests.Facilitating;

public sealed class LocalFacilitatorTests : IDisposable
{
    private readonly FacilitatorBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Of_64_at_once_one_settles_and_the_others_are_refused()
    {
        var gate = new TaskCompletionSource();
        _bench.Channel.Answer = async (_, _) =>
        {
            await gate.Task;
            return SettlementOutcome.Settled(ScriptedChannel.Transaction);
        };

        var all = Enumerable.Range(0, 64).Select(_ => Task.Run(() => SettleAsync())).ToArray();
        await Task.WhenAny(all);
        gate.SetResult();
        var responses = await Task.WhenAll(all);

        Assert.Single(responses, response => response.Success);
        Assert.Equal(63, responses.Count(response => response.ErrorReason == "invalid_exact_evm_nonce_already_used"));
        Assert.Single(_bench.Channel.Settled);
    }

    [Fact]
    public async Task Of_64_repeats_of_one_attempt_one_settles_and_all_are_told()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => SettleAsync("mine"))));

        Assert.All(all, response => Assert.Equal((true, ScriptedChannel.Transaction.ToString()), (response.Success, response.Transaction)));
        Assert.Single(_bench.Channel.Settled);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("theirs")]
    public async Task A_second_settlement_is_a_used_nonce_with_its_transaction(string? attempt)
    {
        await SettleAsync("mine");

        var second = await SettleAsync(attempt);

        Assert.Equal((false, "invalid_exact_evm_nonce_already_used", ScriptedChannel.Transaction.ToString()), (second.Success, second.ErrorReason, second.Transaction));
        Assert.Single(_bench.Channel.Settled);
    }

    [Fact]
    public async Task A_pending_settlement_is_asked_for_again_and_its_success_is_told_once()
    {
        _bench.Channel.Answer = (_, _) => Task.FromResult(SettlementOutcome.Pending(ScriptedChannel.Transaction));
        var first = await SettleAsync();
        _bench.Channel.Answer = (_, _) => Task.FromResult(SettlementOutcome.Settled(ScriptedChannel.Transaction));

        var second = await SettleAsync();
        var third = await SettleAsync();

        Assert.Equal((true, ScriptedChannel.Transaction.ToString()), (first.IsPending, first.Transaction));
        Assert.True(second.Success);
        Assert.Equal("invalid_exact_evm_nonce_already_used", third.ErrorReason);
    }

    [Fact]
    public async Task A_pending_settlement_that_the_chain_holds_by_now_is_a_success()
    {
        _bench.Channel.Answer = (_, _) => Task.FromResult(SettlementOutcome.Pending(ScriptedChannel.Transaction));
        await SettleAsync("mine");
        _bench.Chain.Answers["e3ee160e"] = FacilitatorBench.Revert;
        _bench.Chain.Answers["e94a0102"] = FacilitatorBench.Word(UInt256.One);
        _bench.Channel.Answer = (_, _) => Task.FromResult(SettlementOutcome.Settled(ScriptedChannel.Transaction));

        Assert.True((await SettleAsync("mine")).Success);
    }

    [Fact]
    public async Task A_pending_settlement_is_looked_up_when_its_time_is_over_and_nothing_is_sent()
    {
        _bench.Channel.Answer = (_, _) => Task.FromResult(SettlementOutcome.Pending(ScriptedChannel.Transaction));
        await SettleAsync("mine");
        _bench.Channel.Known = SettlementOutcome.Settled(ScriptedChannel.Transaction);
        _bench.Time.Advance(TimeSpan.FromSeconds(300));

        var forged = await _bench.Facilitator.SettleAsync(FacilitatorBench.Call(FacilitatorBench.RightAuthorization, Vectors.SignatureOnBase), "theirs", default);
        var own = await SettleAsync("mine");

        Assert.Equal("invalid_exact_evm_payload_authorization_valid_before", forged.ErrorReason);
        Assert.True(own.Success, own.ErrorReason);
        Assert.Equal((1, 1), (_bench.Channel.Settled.Count, _bench.Channel.LookedUp));
    }

    [Fact]
    public async Task A_chain_that_takes_too_long_is_pending()
    {
        var asked = new TaskCompletionSource();
        _bench.Channel.Answer = async (_, cancellation) =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, _bench.Time, cancellation);
            throw new InvalidOperationException("unreachable");
        };
        var settling = SettleAsync();
        await asked.Task;

        _bench.Time.Advance(new LocalFacilitatorOptions().SettleTimeout);

        var settled = await settling;
        Assert.Equal((true, "the chain has not answered in time"), (settled.IsPending, settled.ErrorMessage));
    }

    [Fact]
    public async Task A_channel_that_breaks_leaves_the_payment_pending()
    {
        _bench.Channel.Answer = (_, _) => throw new InvalidOperationException("broken");

        await Assert.ThrowsAsync<InvalidOperationException>(() => SettleAsync("mine"));
        _bench.Channel.Answer = (_, _) => Task.FromResult(SettlementOutcome.Settled(ScriptedChannel.Transaction));

        Assert.True((await SettleAsync("mine")).Success);
    }

    [Theory]
    [InlineData(SettlementStatus.Reverted, "invalid_exact_evm_transaction_failed")]
    [InlineData(SettlementStatus.TransferMissing, "invalid_exact_evm_transfer_event_mismatch")]
    [InlineData(SettlementStatus.Used, "invalid_exact_evm_nonce_already_used")]
    [InlineData(SettlementStatus.Refused, "invalid_exact_evm_transaction_failed")]
    [InlineData(SettlementStatus.Unused, "invalid_exact_evm_transaction_failed")]
    [InlineData(SettlementStatus.Pending, "settlement_pending")]
    public async Task Each_end_has_its_reason(SettlementStatus status, string reason)
    {
        _bench.Channel.Answer = (_, _) => Task.FromResult(new SettlementOutcome(status));

        var response = await SettleAsync();

        Assert.Equal((false, reason), (response.Success, response.ErrorReason));
    }

    [Fact]
    public async Task What_was_refused_before_anything_was_sent_may_be_tried_again()
    {
        _bench.Channel.Answer = (_, _) => Task.FromResult(SettlementOutcome.Refused("no gas"));
        await SettleAsync();
        _bench.Channel.Answer = (_, _) => Task.FromResult(SettlementOutcome.Settled(ScriptedChannel.Transaction));

        Assert.True((await SettleAsync()).Success);
    }

    [Theory]
    [InlineData(SettlementStatus.Settled)]
    [InlineData(SettlementStatus.Used)]
    public async Task A_nonce_that_was_used_before_anybody_asked_here_pays_for_nothing(SettlementStatus known)
    {
        _bench.Chain.Answers["e3ee160e"] = FacilitatorBench.Revert;
        _bench.Chain.Answers["e94a0102"] = FacilitatorBench.Word(UInt256.One);
        _bench.Channel.Known = new SettlementOutcome(known) { Transaction = ScriptedChannel.Transaction };

        var response = await SettleAsync();

        Assert.Equal((false, "invalid_exact_evm_nonce_already_used"), (response.Success, response.ErrorReason));
        Assert.Equal((1, 0), (_bench.Channel.LookedUp, _bench.Channel.Settled.Count));
    }

    [Fact]
    public async Task The_chain_need_not_be_asked_again()
    {
        using var bench = new FacilitatorBench(new LocalFacilitatorOptions { SimulateBeforeSettling = false });
        bench.Chain.Code = null;

        Assert.True((await bench.Facilitator.SettleAsync(bench.Call(), null, CancellationToken.None)).Success);
    }

    [Fact]
    public async Task Only_listed_sellers_spend_our_gas()
    {
        using var bench = new FacilitatorBench(new LocalFacilitatorOptions { AllowedPayees = [Address.Parse(Vectors.Other)] });
        await bench.AssertRefusedAsync("invalid_payment_requirements", bench.Call());
        using var open = new FacilitatorBench(new LocalFacilitatorOptions { AllowedPayees = [Vectors.SellerAddress] });
        await open.AssertAcceptedAsync(open.Call());
    }

    [Fact]
    public async Task Only_its_networks_are_served()
    {
        using var bench = new FacilitatorBench(new LocalFacilitatorOptions { Networks = [new NetworkId(8453)] });

        await bench.AssertRefusedAsync("invalid_network", bench.Call());
    }

    [Fact]
    public async Task It_says_what_it_supports()
    {
        using var bench = new FacilitatorBench(new LocalFacilitatorOptions { Signers = [Address.Parse(Vectors.Other)] });

        var kinds = await bench.Facilitator.SupportedAsync(CancellationToken.None);

        Assert.Equal(["2 exact", "1 exact", "2 upto"], kinds.Kinds.Select(kind => $"{kind.Version} {kind.Scheme}"));
        Assert.Equal(Vectors.Other, kinds.Kinds[2].Extra!.Value.GetProperty("facilitatorAddress").GetString());
        Assert.Equal([Vectors.Other], kinds.Signers["eip155:*"]);
    }

    [Fact]
    public async Task Upto_is_not_taken_where_it_is_not_offered()
    {
        using var bench = new FacilitatorBench(upto: false);

        await bench.AssertRefusedAsync("unsupported_scheme", Permits.Call(true));
    }

    [Fact]
    public async Task A_content_that_no_scheme_knows()
    {
        var call = _bench.Call();
        await _bench.AssertRefusedAsync(
            WireReasons.UnsupportedPayloadType, call with { Payment = call.Payment with { Payload = System.Text.Json.JsonDocument.Parse("{}").RootElement } });
    }

    [Fact]
    public async Task A_full_book_begins_nothing()
    {
        var book = new MemorySettlementBook(_bench.Time, 1);
        var facilitator = new LocalFacilitator(_bench.Schemes, _bench.Channel, book, new LocalFacilitatorOptions(), _bench.Time);
        await facilitator.SettleAsync(_bench.Call(), null, CancellationToken.None);

        var second = await facilitator.SettleAsync(_bench.Call(a => a with { Nonce = "0x" + new string('1', 64) }), null, CancellationToken.None);

        Assert.Equal((false, WireReasons.UnexpectedSettleError), (second.Success, second.ErrorReason));
        Assert.Single(_bench.Channel.Settled);
    }

    [Fact]
    public async Task The_book_forgets_what_nobody_can_settle_any_more()
    {
        var book = new MemorySettlementBook(_bench.Time, 1);
        var facilitator = new LocalFacilitator(_bench.Schemes, _bench.Channel, book, new LocalFacilitatorOptions(), _bench.Time);
        await facilitator.SettleAsync(_bench.Call(), null, CancellationToken.None);

        _bench.Time.Advance(TimeSpan.FromSeconds(201) + new LocalFacilitatorOptions().KeepBeyondEnd);
        var later = _bench.Time.GetUtcNow().ToUnixTimeSeconds() + 100;
        var second = await facilitator.SettleAsync(
            _bench.Call(a => a with { Nonce = "0x" + new string('1', 64), ValidBefore = $"{later}" }), null, CancellationToken.None);

        Assert.True(second.Success);
    }

    [Fact]
    public async Task The_book_keeps_a_payment_to_the_end_of_its_time()
    {
        var book = new MemorySettlementBook(_bench.Time);
        var key = Assert.IsType<PaymentKey>(_bench.Schemes[0].Read(_bench.Call(), out var payment).IsAccepted ? payment!.Key : null);
        var end = _bench.Time.GetUtcNow() + TimeSpan.FromMinutes(1);
        var settled = new SettleResponse { Success = true, Transaction = "0x1" };
        Assert.True((await book.BeginAsync(key, "a", end, default)).IsOwner);
        await book.EndAsync(key, settled, default);

        _bench.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(settled, (await book.BeginAsync(key, "a", end, default)).Response);
        Assert.Equal("0x1", (await book.BeginAsync(key, null, end, default)).Transaction);

        _bench.Time.Advance(TimeSpan.FromTicks(1));
        Assert.True((await book.BeginAsync(key, "a", end, default)).IsOwner);
    }

    [Fact]
    public async Task The_book_does_not_keep_a_payment_that_ran_beyond_the_end_of_its_time()
    {
        var book = new MemorySettlementBook(_bench.Time, 1);
        var key = Assert.IsType<PaymentKey>(_bench.Schemes[0].Read(_bench.Call(), out var payment).IsAccepted ? payment!.Key : null);
        var end = _bench.Time.GetUtcNow() + TimeSpan.FromMinutes(1);
        Assert.True((await book.BeginAsync(key, "a", end, default)).IsOwner);

        _bench.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.False((await book.BeginAsync(key, null, end, default)).IsOwner);
        await book.EndAsync(key, new SettleResponse { Success = true, Transaction = "0x1" }, default);

        Assert.True((await book.BeginAsync(key, "b", end + TimeSpan.FromHours(1), default)).IsOwner);
    }

    [Fact]
    public async Task A_payer_has_so_many_payments_a_minute()
    {
        using var bench = new FacilitatorBench(new LocalFacilitatorOptions { PaymentsPerPayer = 2 });
        Assert.True((await bench.Facilitator.VerifyAsync(bench.Call(), default)).IsValid);
        Assert.True((await bench.Facilitator.SettleAsync(bench.Call(), null, default)).Success);

        var verified = await bench.Facilitator.VerifyAsync(bench.Call(), default);
        var settled = await bench.Facilitator.SettleAsync(bench.Call(a => a with { Nonce = "0x" + new string('1', 64) }), null, default);

        Assert.Equal((false, WireReasons.UnexpectedVerifyError, "betar_payer_limit", TimeSpan.FromMinutes(1)), (verified.IsValid, verified.InvalidReason, verified.InvalidMessage, verified.RetryAfter));
        Assert.Equal((false, WireReasons.UnexpectedSettleError, "betar_payer_limit", TimeSpan.FromMinutes(1)), (settled.Success, settled.ErrorReason, settled.ErrorMessage, settled.RetryAfter));
        Assert.Single(bench.Channel.Settled);
        bench.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.True((await bench.Facilitator.VerifyAsync(bench.Call(a => a with { Nonce = "0x" + new string('1', 64) }), default)).IsValid);
    }

    [Fact]
    public async Task Nobody_uses_up_the_count_of_a_payer_without_its_signature()
    {
        using var bench = new FacilitatorBench(new LocalFacilitatorOptions { PaymentsPerPayer = 1 });
        using var stranger = Vectors.Key("marketplace other seller");
        for (var i = 0; i < 5; i++)
            Assert.Equal("invalid_exact_evm_signature", (await bench.Facilitator.SettleAsync(bench.Call(signer: stranger), null, default)).ErrorReason);

        Assert.True((await bench.Facilitator.SettleAsync(bench.Call(), null, default)).Success);
    }

    [Fact]
    public async Task Who_has_begun_may_ask_how_it_ended_whatever_the_limit()
    {
        using var bench = new FacilitatorBench(new LocalFacilitatorOptions { PaymentsPerPayer = 1 });
        bench.Channel.Answer = (_, _) => Task.FromResult(SettlementOutcome.Pending(ScriptedChannel.Transaction));
        Assert.True((await bench.Facilitator.SettleAsync(bench.Call(), null, default)).IsPending);
        bench.Channel.Answer = (_, _) => Task.FromResult(SettlementOutcome.Settled(ScriptedChannel.Transaction));

        Assert.True((await bench.Facilitator.SettleAsync(bench.Call(), null, default)).Success);
    }

    [Fact]
    public void Options_out_of_range_are_all_named() => Assert.Equal(5, new LocalFacilitatorOptions
    {
        Networks = [], SettleTimeout = TimeSpan.Zero, KeepBeyondEnd = TimeSpan.FromDays(8), PaymentsPerPayer = 0, MaxPayers = 0,
    }.Validate().Count);

    private Task<SettleResponse> SettleAsync(string? attempt = null) => _bench.Facilitator.SettleAsync(_bench.Call(), attempt, CancellationToken.None);
}
