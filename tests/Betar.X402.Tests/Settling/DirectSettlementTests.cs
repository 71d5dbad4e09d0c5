using Betar.Ethereum;
using Betar.X402.Facilitating;
using Betar.X402.Schemes;
using Betar.X402.Schemes.ExactEip3009;
using Betar.X402.Settling;
using Betar.X402.Tests.Support;

namespace Betar.X402.Tests.Settling;

/// <summary>Facilitator, channel and a chain that checks everything itself.</summary>
public sealed class DirectSettlementTests : IAsyncLifetime
{
    private readonly FacilitatorBench _bench = new();
    private TestNetwork _network = null!;

    public async Task InitializeAsync() => _network = await TestNetwork.StartAsync(_bench.Time);

    public async Task DisposeAsync()
    {
        await _network.DisposeAsync();
        _bench.Dispose();
    }

    [Fact]
    public async Task The_money_arrives_once()
    {
        var facilitator = Facilitator();
        Assert.True((await facilitator.VerifyAsync(_bench.Call(), default)).IsValid);

        var first = await facilitator.SettleAsync(_bench.Call(), null, default);
        var second = await facilitator.SettleAsync(_bench.Call(), null, default);
        var verified = await facilitator.VerifyAsync(_bench.Call(), default);

        Assert.True(first.Success, first.ErrorReason);
        Assert.Equal(("invalid_exact_evm_nonce_already_used", first.Transaction), (second.ErrorReason, second.Transaction));
        Assert.Equal("invalid_exact_evm_nonce_already_used", verified.InvalidReason);
        Assert.Equal(50000, await SellersAsync());
    }

    [Fact]
    public async Task Another_facilitator_that_remembers_nothing_settles_nothing_twice()
    {
        var first = await Facilitator().SettleAsync(_bench.Call(), null, default);

        var second = await Facilitator().SettleAsync(_bench.Call(), null, default);

        Assert.Equal((true, false, "invalid_exact_evm_nonce_already_used"), (first.Success, second.Success, second.ErrorReason));
        Assert.Equal(first.Transaction, second.Transaction);
    }

    [Fact]
    public async Task Sixty_four_at_once_settle_once()
    {
        var request = Request();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => _network.Channel.SettleAsync(request, default))));

        Assert.Single(outcomes.Select(outcome => (outcome.Status, outcome.Transaction)).Distinct());
        Assert.Equal(SettlementStatus.Settled, outcomes[0].Status);
        Assert.Equal(50000, await SellersAsync());
    }

    [Fact]
    public async Task Many_payments_take_their_turns()
    {
        var requests = Enumerable.Range(1, 20).Select(i => Request($"0x{i:x64}")).ToArray();

        var outcomes = await Task.WhenAll(requests.Select(request => _network.Channel.SettleAsync(request, default)));

        Assert.All(outcomes, outcome => Assert.Equal(SettlementStatus.Settled, outcome.Status));
        Assert.Equal(1_000_000, await SellersAsync());
    }

    [Fact]
    public async Task A_payer_without_money_is_told()
    {
        await using var poor = await TestNetwork.StartAsync(_bench.Time, 49_999);

        var verified = await Facilitator(poor).VerifyAsync(_bench.Call(), default);

        Assert.Equal("invalid_exact_evm_insufficient_balance", verified.InvalidReason);
    }

    [Fact]
    public async Task Somebody_elses_broadcast_of_the_same_authorisation_is_this_payment()
    {
        var request = Request();
        await _network.Channel.SettleAsync(request, default);

        var other = new SettlementReader(_network.Client);

        Assert.Equal(SettlementStatus.Settled, (await other.OfAuthorizationAsync(request, default)).Status);
        Assert.Equal(SettlementStatus.Used, (await other.OfAuthorizationAsync(request with { Transfer = request.Transfer! with { Value = 1 } }, default)).Status);
        Assert.Equal(SettlementStatus.Unused, (await other.OfAuthorizationAsync(Request("0x" + new string('7', 64)), default)).Status);
        Assert.Equal(SettlementStatus.Unused, (await other.OfAuthorizationAsync(request with { Authorization = null }, default)).Status);
    }

    /// <summary>A node may know that a nonce is used before its logs say for what: then nothing is decided.</summary>
    [Fact]
    public async Task A_use_whose_event_is_not_to_be_seen_yet_is_pending_and_a_cancellation_is_an_end()
    {
        var chain = _bench.Chain;
        chain.Answers["e94a0102"] = FacilitatorBench.Word(UInt256.One);
        chain.Logs = _ => [];
        Assert.Equal(SettlementStatus.Pending, (await new SettlementReader(chain).OfAuthorizationAsync(Request(), default)).Status);

        var filter = AuthorizationEvent.CanceledFilter(Address.Parse(Golden.Usdc), Address.Parse(Vectors.Payer), Hash32.Parse(Vectors.Nonce), 0);
        var canceled = new LogEntry(filter.Address!.Value, [.. filter.Topics.Select(topic => topic!.Value)], Array.Empty<byte>(), 1, Hash32.Zero, Hash32.Zero, 0, 0);
        chain.Logs = asked => asked.Topics[0] == filter.Topics[0] ? [canceled] : [];
        Assert.Equal(SettlementStatus.Used, (await new SettlementReader(chain).OfAuthorizationAsync(Request(), default)).Status);
    }

    [Fact]
    public async Task A_receipt_without_the_transfer_pays_nothing()
    {
        var request = Request();
        var settled = await _network.Channel.SettleAsync(request, default);

        var outcome = await new SettlementReader(_network.Client).OfTransactionAsync(
            request with { Transfer = request.Transfer! with { To = Address.Parse(Vectors.Other) } }, settled.Transaction!.Value, default);

        Assert.Equal(SettlementStatus.TransferMissing, outcome.Status);
    }

    /// <summary>Two payments of one price between the same two differ in nothing else that a receipt shows.</summary>
    [Fact]
    public async Task Another_payments_transaction_is_not_this_payments()
    {
        var (mine, others) = (Request(), Request("0x" + new string('7', 64)));
        var settled = await _network.Channel.SettleAsync(others, default);
        var reader = new SettlementReader(_network.Client);

        Assert.Equal(SettlementStatus.TransferMissing, (await reader.OfTransactionAsync(mine, settled.Transaction!.Value, default)).Status);
        Assert.Equal(SettlementStatus.Settled, (await reader.OfTransactionAsync(others, settled.Transaction!.Value, default)).Status);
        var byCall = others with { Authorization = null, Call = mine.Call, Use = null };
        Assert.Equal(SettlementStatus.TransferMissing, (await reader.OfTransactionAsync(byCall, settled.Transaction!.Value, default)).Status);
        Assert.Equal(SettlementStatus.Settled, (await reader.OfTransactionAsync(byCall with { Call = others.Call }, settled.Transaction!.Value, default)).Status);
    }

    [Fact]
    public async Task What_only_another_account_may_send_is_not_sent()
    {
        var refused = await _network.Channel.SettleAsync(Request() with { Sender = Address.Parse(Vectors.Payer) }, default);

        Assert.Equal(SettlementStatus.Refused, refused.Status);
        Assert.Equal(0, await SellersAsync());
    }

    [Fact]
    public async Task A_transaction_that_nobody_includes_is_pending_with_its_hash()
    {
        var unknown = await new SettlementReader(_network.Client).OfTransactionAsync(Request(), ScriptedChannel.Transaction, default);

        Assert.Equal((SettlementStatus.Pending, ScriptedChannel.Transaction), (unknown.Status, unknown.Transaction));
    }

    [Fact]
    public void Options_out_of_range_are_all_named() => Assert.Equal(3, new DirectSettlementOptions
    {
        MaxGasPrice = UInt256.Zero, PollInterval = TimeSpan.Zero, MaxRemembered = 0,
    }.Validate().Count);

    private SettlementRequest Request(string nonce = Vectors.Nonce)
    {
        var scheme = _bench.Schemes[0];
        Assert.True(scheme.Read(_bench.Call(a => a with { Nonce = nonce }), out var payment).IsAccepted);
        return scheme.ToSettlement(payment!)!;
    }

    private LocalFacilitator Facilitator(TestNetwork? network = null)
    {
        network ??= _network;
        var chains = new Chains(new Dictionary<NetworkId, IChainClient> { [NetworkId.BaseSepolia] = network.Client });
        return new LocalFacilitator(
            [new Eip3009Scheme(new Eip3009Options { Chains = chains }, _bench.Time)], network.Channel, new MemorySettlementBook(_bench.Time),
            new LocalFacilitatorOptions(), _bench.Time);
    }

    private async Task<int> SellersAsync() =>
        (await _network.Token.BalanceOfAsync(Vectors.SellerAddress, default)).TryGetValue(out var balance) ? (int)(ulong)balance : -1;
}
