using Betar.Agents;
using Betar.Cluster.Tests.Buying;
using Betar.Cluster.Tests.Support;
using Betar.Grains.Abstractions.Buying;
using Betar.Grains.Selling;
using Betar.Storage.Ledger;
using Betar.X402.Protocol;

namespace Betar.Cluster.Tests.Selling;

/// <summary>While nothing can be brought onto the chain a seller takes no payment, and keeps what it has taken.</summary>
public sealed class CannotSellNowTests : IAsyncDisposable
{
    /// <summary>Longer than a look at the chain says anything.</summary>
    private static readonly TimeSpan s_longer = TimeSpan.FromSeconds(31);

    private readonly SwitchedFees _fees = new();
    private World? _started;
    private TestExecutor _executor = null!;
    private TestBuyer _buyer = null!;

    private World Here => _started!;

    public ValueTask DisposeAsync() => _started?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_is_quoted_and_nothing_taken_until_it_is_over_and_then_all_goes_on_by_itself(bool gas)
    {
        await StartAsync();
        PaidRequest quoted = await _buyer.SignAsync("quoted before");
        await StopAsync(gas);

        CannotSell(await _buyer.AskAsync(World.Agent, "work"), gas);
        CannotSell(await _buyer.PayAsync(quoted), gas);
        Assert.Equal((0, 0), (await Here.OrdersOfAsync(_buyer.Address), _executor.Starts));

        await GoOnAsync();
        Answers.Delivered(await _buyer.PayAsync(await _buyer.SignAsync("work")), "did: work");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_same_payment_is_good_when_it_is_over(bool gas)
    {
        await StartAsync();
        PaidRequest payment = await _buyer.SignAsync();
        await StopAsync(gas, TimeSpan.Zero);
        SalesDesk another = Here.NewDesk();
        CannotSell(await _buyer.PayAsync(payment, another), gas);

        await GoOnAsync(TimeSpan.Zero);
        Answers.Delivered(await _buyer.PayAsync(payment), "did: work");
        Assert.Equal((1, 1), (_executor.Starts, await Here.Chain.TransfersOfAsync(_buyer.Address)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_taken_before_is_not_forgotten_meanwhile(bool gas)
    {
        await StartAsync(new WorldOptions { RecoveryInterval = TimeSpan.FromMilliseconds(50), ReceiptTimeout = TimeSpan.FromSeconds(1) });
        PaidRequest delivered = await _buyer.SignAsync("delivered"), taken = await _buyer.SignAsync("taken");
        X402Reply answer = await _buyer.PayAsync(delivered);
        await StopAsync(gas, TimeSpan.Zero);

        // The desk has not looked again yet, so this one is still taken.
        Answers.Refused(await _buyer.PayAsync(taken), StreamErrorCode.SettlementFailed, "settlement_pending");
        SalesDesk another = Here.NewDesk();
        Assert.Equal(Answers.Text(answer), Answers.Text(await _buyer.PayAsync(delivered, another)));
        Answers.Refused(await _buyer.PayAsync(taken, another), StreamErrorCode.SettlementFailed, "settlement_pending");
        Assert.Equal([LedgerKind.Reserved], await Here.KindsAsync(_buyer.KeyOf(taken)));

        await GoOnAsync(TimeSpan.Zero);
        await Here.Ledger.Until(LedgerKind.Delivered, _buyer.KeyOf(taken));
        Assert.Equal((2, 2), (_executor.Starts, await Here.Chain.TransfersOfAsync(_buyer.Address)));
    }

    [Fact]
    public async Task A_refund_that_is_owed_stays_owed_and_is_made_when_it_is_over()
    {
        await StartAsync(new WorldOptions { RecoveryInterval = TimeSpan.FromMilliseconds(50) }, new TestExecutor((_, _) =>
        {
            _fees.TooExpensive = true;
            return Task.FromResult(ExecutionOutcome.Failed("No."));
        }));
        PaidRequest payment = await _buyer.SignAsync();
        Answers.Refused(await _buyer.PayAsync(payment), StreamErrorCode.ExecutionFailed, "No. A refund is owed and under way.");

        await GoOnAsync(TimeSpan.Zero);
        await Here.Ledger.Until(LedgerKind.Refunded, _buyer.KeyOf(payment));
        Assert.Equal(1_000_000ul, await _buyer.BalanceAsync());
    }

    [Fact]
    public async Task What_costs_nothing_is_given_all_the_same()
    {
        await StartAsync();
        await Here.DeclareAsync(World.Spec(Here, "did:test:free", price: 0));
        await StopAsync(gas: true);
        Answers.Delivered(await _buyer.AskAsync("did:test:free", "work"), "did: work");
    }

    [Fact]
    public async Task A_buyer_hears_that_it_may_ask_again_and_has_signed_nothing()
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Echo(), new WorldOptions { Fees = _fees, RequireSettlement = true });
        _fees.TooExpensive = true;
        PurchaseResult result = await shop.BuyAsync("p-1");
        Assert.Equal((PurchaseStage.New, "BTR-4005", true), (result.Stage, result.Refusal!.Code, result.Refusal.Retryable));
        Assert.StartsWith("BUSY: Gas costs more", result.Refusal.Message, StringComparison.Ordinal);
        await shop.AssertNothingSpentAsync();
    }

    private async Task StartAsync(WorldOptions? options = null, TestExecutor? executor = null)
    {
        (_started, _executor) = await World.WithAgentAsync(
            executor ?? TestExecutor.Echo(), (options ?? new WorldOptions()) with { Fees = _fees, RequireSettlement = true });
        _buyer = await Here.BuyerAsync();
    }

    private async Task StopAsync(bool gas, TimeSpan? later = null)
    {
        if (gas)
            _fees.TooExpensive = true;
        else
            await Here.Chain.SetFaultAsync(new { kind = "outage" });
        Here.Clock.Advance(later ?? s_longer);
    }

    private async Task GoOnAsync(TimeSpan? later = null)
    {
        _fees.TooExpensive = false;
        await Here.Chain.HealAsync();
        Here.Clock.Advance(later ?? s_longer);
    }

    private static void CannotSell(X402Reply reply, bool gas)
    {
        X402Error refused = Answers.Refused(reply, StreamErrorCode.Busy);
        Assert.True(refused.Retryable);
        Assert.StartsWith(gas ? "Gas costs more" : "The chain cannot be reached", refused.Message, StringComparison.Ordinal);
    }
}
