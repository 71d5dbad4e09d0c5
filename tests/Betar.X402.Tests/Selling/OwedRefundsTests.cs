using Betar.Crypto;
using Betar.Ethereum;
using Betar.Tests.Shared;
using Betar.X402.Networks;
using Betar.X402.Schemes;
using Betar.X402.Selling;
using Betar.X402.Settling;
using Betar.X402.Tests.Support;
using Betar.X402.Wire;

namespace Betar.X402.Tests.Selling;

/// <summary>Debts of a web seller, on a chain that checks everything itself.</summary>
public sealed class OwedRefundsTests : IAsyncLifetime
{
    private const int Price = 50_000;
    private static readonly OwedMoney s_money = new(Address.Parse(Golden.Usdc), Vectors.SellerAddress, Price);

    private readonly ManualTime _time = new(DateTimeOffset.FromUnixTimeSeconds(Vectors.ValidBefore - 50));
    private readonly Debts _debts = new();
    private readonly PrivateKey _key = PrivateKey.Generate();
    private TestNetwork _network = null!;

    private Address Account => Address.FromKey(_key);

    public async Task InitializeAsync() => _network = await TestNetwork.StartAsync(_time);

    public async Task DisposeAsync()
    {
        await _network.DisposeAsync();
        _key.Dispose();
    }

    [Fact]
    public async Task What_is_owed_goes_back_to_its_payer_once()
    {
        await FundAsync(10 * Price);
        var (one, two) = (_debts.Owe(1, s_money), _debts.Owe(2, s_money));
        var refunds = Refunds();

        var reports = await refunds.RunAsync(default);

        Assert.All(reports, report => Assert.Equal(RefundEnd.PaidBack, report.End));
        Assert.Equal(reports.ToDictionary(report => report.Debt.Payment, report => report.Transaction), _debts.PaidBack);
        Assert.Equal([one.Payment, two.Payment], _debts.Taken);
        Assert.Equal(2 * Price, await PayersAsync());
        Assert.Empty(await refunds.RunAsync(default));
    }

    [Fact]
    public async Task One_that_another_process_sent_is_found_by_its_nonce()
    {
        await FundAsync(10 * Price);
        var debt = _debts.Owe(1, s_money);
        await Refunds().RunAsync(default);
        var sent = _debts.PaidBack[debt.Payment];
        _debts.PaidBack.Clear();

        // As after a crash between the chain's answer and ours, and a day later: what is signed then is not what was sent.
        _time.Advance(TimeSpan.FromHours(23));
        await Refunds(new DirectSettlementChannel(_network.Client, new Betar.Ethereum.Keys.LocalSigner(_key), new DirectSettlementOptions(), _time)).RunAsync(default);

        Assert.Equal(sent, _debts.PaidBack[debt.Payment]);
        Assert.Equal(Price, await PayersAsync());
    }

    [Fact]
    public async Task An_account_that_cannot_cover_it_is_said_and_tried_again_after_longer_and_longer_pauses()
    {
        _debts.Owe(1, s_money);
        var refunds = Refunds();
        Assert.Equal(RefundEnd.Uncovered, Assert.Single(await refunds.RunAsync(default)).End);
        foreach (var pause in new[] { 5, 10, 20, 40, 80, 160, 300, 300 })
        {
            _time.Advance(TimeSpan.FromSeconds(pause) - TimeSpan.FromTicks(1));
            Assert.Empty(await refunds.RunAsync(default));
            _time.Advance(TimeSpan.FromTicks(1));
            Assert.Equal(RefundEnd.Uncovered, Assert.Single(await refunds.RunAsync(default)).End);
        }

        await FundAsync(Price);
        _time.Advance(TimeSpan.FromSeconds(300));
        Assert.Equal(RefundEnd.PaidBack, Assert.Single(await refunds.RunAsync(default)).End);
        Assert.Equal(Price, await PayersAsync());
    }

    [Fact]
    public async Task Money_that_no_transfer_of_ours_can_give_back_is_for_somebody_to_see_to()
    {
        await FundAsync(10 * Price);
        _debts.Owe(1, null);
        _debts.Owe(2, s_money with { Token = Vectors.SellerAddress });

        Assert.All(await Refunds().RunAsync(default), report => Assert.Equal(RefundEnd.ByHand, report.End));
        Assert.Empty(_debts.Taken);
        Assert.Equal(0, await PayersAsync());
    }

    [Fact]
    public async Task A_refunds_nonce_that_was_spent_otherwise_is_for_somebody_to_see_to()
    {
        await FundAsync(10 * Price);
        var debt = _debts.Owe(1, s_money);
        var other = RefundAuthorization.Sign(_key, PaymentAsset.BaseSepoliaUsdc, Address.Parse(Vectors.Payer), 1, debt.Payment.ToString(), _time.GetUtcNow().AddDays(1));
        await _network.Channel.SettleAsync(new SettlementRequest
        {
            Key = debt.Payment, Call = _network.Token.Settle(other), ValidBefore = other.ValidBefore, Authorization = other,
            Transfer = new ExpectedTransfer(_network.Token.Address, other.From, other.To, 1),
        }, default);

        Assert.Equal(RefundEnd.ByHand, Assert.Single(await Refunds().RunAsync(default)).End);
        Assert.Equal(0, await PayersAsync());
    }

    [Fact]
    public async Task Work_that_was_begun_again_is_not_paid_back()
    {
        await FundAsync(10 * Price);
        _debts.Owe(1, s_money);
        _debts.IsBusy = true;

        Assert.Equal(RefundEnd.Withdrawn, Assert.Single(await Refunds().RunAsync(default)).End);
        Assert.Equal(0, await PayersAsync());
    }

    [Theory]
    [InlineData(SettlementStatus.Pending)]
    [InlineData(SettlementStatus.Reverted)]
    [InlineData(SettlementStatus.Refused)]
    public async Task What_the_chain_does_not_take_now_waits(SettlementStatus status)
    {
        _debts.Owe(1, s_money);
        var refunds = Refunds(new SaidChannel(new SettlementOutcome(status)));

        Assert.Equal(RefundEnd.Waiting, Assert.Single(await refunds.RunAsync(default)).End);
        Assert.Empty(await refunds.RunAsync(default));
        Assert.Empty(_debts.PaidBack);
    }

    [Fact]
    public async Task A_chain_that_does_not_answer_is_waited_for_so_long_and_no_longer()
    {
        _debts.Owe(1, s_money);
        var running = Refunds(new SaidChannel(null)).RunAsync(default);
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(RefundEnd.Waiting, Assert.Single(await running).End);
    }

    [Fact]
    public async Task Only_so_many_are_tried_in_one_look_and_the_oldest_first()
    {
        await FundAsync(10 * Price);
        var debts = Enumerable.Range(1, 3).Select(number => _debts.Owe(number, s_money)).ToArray();
        var refunds = Refunds(options: new OwedRefundOptions { MaxPerLook = 2 });
        Assert.Equal(debts[..2], (await refunds.RunAsync(default)).Select(report => report.Debt));
        Assert.Equal(debts[2..], (await refunds.RunAsync(default)).Select(report => report.Debt));
    }

    [Fact]
    public void Money_in_somebodys_contract_is_not_the_sellers()
    {
        var moved = new ExpectedTransfer(s_money.Token, s_money.Payer, Address.Parse(Vectors.Other), Price);
        var request = new SettlementRequest
        {
            Key = _debts.Owe(1, null).Payment, Call = new ContractCall(s_money.Token, default, 1), Transfer = moved, ValidBefore = 1,
        };
        Assert.Equal(s_money, OwedMoney.Of(request, Vectors.Other));
        Assert.Null(OwedMoney.Of(request, Vectors.Seller));
        Assert.Null(OwedMoney.Of(request with { Transfer = null }, Vectors.Other));
        Assert.Null(OwedMoney.Of(null, Vectors.Other));
        Assert.Null(OwedMoney.Of(request, "somebody"));
    }

    [Fact]
    public void What_is_kept_is_read_again_and_nothing_else()
    {
        var kept = s_money.Beside(new SettleResponse { Success = true, Network = "eip155:84532" });
        Assert.Equal(s_money, OwedMoney.Read(WireCodec.ParseSettled(WireCodec.Write(kept)).Value!));
        foreach (var text in new[] { "{}", "7", """{"owed":7}""", """{"owed":{}}""", """{"owed":{"asset":"0x1","payer":"0x2","amount":"3"}}""" })
            Assert.Null(OwedMoney.Read(kept with { Extra = System.Text.Json.JsonDocument.Parse(text).RootElement }));
        Assert.Null(OwedMoney.Read(kept with { Extra = null }));
    }

    [Fact]
    public void Options_out_of_range_are_all_named()
    {
        Assert.Empty(new OwedRefundOptions().Validate());
        var wrong = new OwedRefundOptions { Interval = TimeSpan.Zero, RetryCeiling = TimeSpan.FromDays(2), MaxPerLook = 0, Patience = TimeSpan.Zero, Validity = TimeSpan.Zero };
        Assert.Equal(5, wrong.Validate().Count);
        Assert.Throws<ArgumentException>(() => Refunds(options: wrong));
    }

    private OwedRefunds Refunds(ISettlementChannel? channel = null, OwedRefundOptions? options = null) => new(
        _debts, channel ?? _network.Channel, new Chains(new Dictionary<NetworkId, IChainClient> { [NetworkId.BaseSepolia] = _network.Client }), _key,
        PaymentAssets.Default, options ?? new OwedRefundOptions(), _time);

    private Task FundAsync(int units) => _network.AskAsync($$"""{"jsonrpc":"2.0","id":1,"method":"devnet_fund","params":["{{Account}}","{{units}}"]}""");

    private async Task<int> PayersAsync() => (int)(ulong)(await _network.Token.BalanceOfAsync(s_money.Payer, default)).Value;

    /// <summary>Says the same to everybody; null: nothing at all.</summary>
    private sealed class SaidChannel(SettlementOutcome? outcome) : ISettlementChannel
    {
        public Task<SettlementOutcome> SettleAsync(SettlementRequest request, CancellationToken cancellationToken) => LookUpAsync(request, cancellationToken);

        public async Task<SettlementOutcome> LookUpAsync(SettlementRequest request, CancellationToken cancellationToken)
        {
            if (outcome is null)
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return outcome!;
        }
    }
}
