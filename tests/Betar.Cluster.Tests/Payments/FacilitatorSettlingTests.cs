using Betar.Cluster.Tests.Support;
using Betar.Ethereum;
using Betar.Grains.Selling;
using Betar.Grains.Settlement;
using Betar.Storage.Ledger;
using Betar.X402.Networks;
using Betar.X402.Protocol;
using Betar.X402.Wire;
using Microsoft.Extensions.Options;

namespace Betar.Cluster.Tests.Payments;

/// <summary>Somebody's facilitator settles: what it says is a claim, what the chain says counts.</summary>
public sealed class FacilitatorSettlingTests : IAsyncDisposable
{
    private readonly ScriptedFacilitator _facilitator = new();
    private World? _world;
    private TestExecutor _executor = null!;
    private TestBuyer _buyer = null!;

    public async ValueTask DisposeAsync()
    {
        if (_world is not null)
            await _world.DisposeAsync();
        _facilitator.Dispose();
    }

    [Fact]
    public async Task What_it_brought_onto_the_chain_is_settled_and_worked_for()
    {
        World world = await StartAsync(TestExecutor.Echo());
        PaidRequest payment = await _buyer.SignAsync();
        Answers.Delivered(await _buyer.PayAsync(payment), "did: work");

        (FacilitatorCall call, string? attempt) = Assert.Single(_facilitator.Asked);
        Assert.Equal(("exact", "eip155:84532", "1000", world.PayTo.ToString(), 60L),
            (call.Requirement.Scheme, call.Requirement.Network, call.Requirement.Amount, call.Requirement.PayTo, call.Requirement.MaxTimeoutSeconds));
        Assert.Equal(("USDC", "2", call.Requirement), (call.Requirement.ExtraText("name"), call.Requirement.ExtraText("version"), call.Payment.Accepted));
        Assert.Equal(64, attempt!.Length);
        Assert.Equal(0ul, await SentByUsAsync());
        await world.AssertTotalsAsync(World.Price, World.Price, 0);
    }

    [Fact]
    public async Task One_that_lies_buys_no_work()
    {
        World world = await StartAsync(TestExecutor.Echo());
        _facilitator.Settle = call => Task.FromResult(new SettleResponse { Success = true, Transaction = "0x" + new string('a', 64), Network = call.Requirement.Network });
        PaidRequest payment = await _buyer.SignAsync();
        Pending(await _buyer.PayAsync(payment));
        Pending(await _buyer.PayAsync(payment));
        Assert.Equal((0, 0), (_executor.Starts, await world.Chain.TransfersOfAsync(_buyer.Address)));

        _facilitator.Settle = null;
        Answers.Delivered(await _buyer.PayAsync(payment), "did: work");
        Assert.Equal((1, 1), (_executor.Starts, await world.Chain.TransfersOfAsync(_buyer.Address)));
    }

    [Fact]
    public async Task One_whose_answer_is_lost_after_it_settled_is_looked_up_and_asked_once()
    {
        World world = await StartAsync(TestExecutor.Echo());
        _facilitator.Settle = async call =>
        {
            await _facilitator.BringAsync(call);
            return SettleResponse.Failed(WireReasons.SettlementPending, call.Requirement.Network);
        };
        Answers.Delivered(await _buyer.BuyAsync(), "did: work");
        Assert.Single(_facilitator.Asked);
        Assert.Equal(1, await world.Chain.TransfersOfAsync(_buyer.Address));
    }

    [Fact]
    public async Task What_was_settled_after_the_answer_was_lost_is_not_handed_over_again()
    {
        World world = await StartAsync(TestExecutor.Echo());
        _facilitator.Settle = call => Task.FromResult(SettleResponse.Failed(WireReasons.SettlementPending, call.Requirement.Network));
        PaidRequest payment = await _buyer.SignAsync();
        Pending(await _buyer.PayAsync(payment));
        await _facilitator.BringAsync(_facilitator.Asked[0].Call);

        Answers.Delivered(await _buyer.PayAsync(payment), "did: work");
        Assert.Single(_facilitator.Asked);
        Assert.Equal(1, await world.Chain.TransfersOfAsync(_buyer.Address));
    }

    [Fact]
    public async Task What_never_arrived_is_handed_over_again_the_same_under_the_same_name()
    {
        await StartAsync(TestExecutor.Echo());
        _facilitator.Settle = call => Task.FromResult(SettleResponse.Failed(WireReasons.SettlementPending, call.Requirement.Network));
        PaidRequest payment = await _buyer.SignAsync();
        Pending(await _buyer.PayAsync(payment));
        _facilitator.Settle = null;
        Answers.Delivered(await _buyer.PayAsync(payment), "did: work");

        Assert.Equal(2, _facilitator.Asked.Count);
        Assert.Single(_facilitator.Asked.Select(asked => (asked.Attempt, asked.Call.Payment.Payload.GetRawText())).Distinct());
    }

    [Fact]
    public async Task Its_refusal_is_no_end_while_the_money_can_still_move()
    {
        World world = await StartAsync(TestExecutor.Echo());
        _facilitator.Settle = call => Task.FromResult(SettleResponse.Failed("invalid_exact_evm_insufficient_balance", call.Requirement.Network));
        PaidRequest payment = await _buyer.SignAsync();
        Pending(await _buyer.PayAsync(payment));
        Assert.Equal([LedgerKind.Reserved], await world.KindsAsync(_buyer.KeyOf(payment)));

        world.Clock.Advance(TimeSpan.FromMinutes(2));
        Answers.Refused(await _buyer.PayAsync(payment), StreamErrorCode.SettlementFailed, "invalid_exact_evm_payload_authorization_valid_before");
        Assert.Equal(0, _executor.Starts);
    }

    [Fact]
    public async Task Refunds_are_sent_by_our_own_account()
    {
        World world = await StartAsync(TestExecutor.Failing("No."));
        Assert.Contains("refunded in 0x", Answers.Refused(await _buyer.BuyAsync(), StreamErrorCode.ExecutionFailed).Message, StringComparison.Ordinal);
        Assert.Single(_facilitator.Asked);
        Assert.Equal((1ul, 1_000_000ul), (await SentByUsAsync(), await _buyer.BalanceAsync()));
        await world.AssertTotalsAsync(World.Price, 0, World.Price);
    }

    [Theory]
    [InlineData(false, "eip155:84532", "The facilitator cannot be reached, so nothing is sold now")]
    [InlineData(true, "eip155:8453", "The facilitator does not settle on eip155:84532, so nothing is sold now")]
    public async Task While_it_is_away_or_settles_elsewhere_nothing_is_sold(bool there, string network, string sentence)
    {
        World world = await StartAsync(TestExecutor.Echo());
        (_facilitator.IsThere, _facilitator.Network) = (there, network);
        X402Error refused = Answers.Refused(await _buyer.AskAsync(World.Agent, "work", desk: world.NewDesk()), StreamErrorCode.Busy);
        Assert.StartsWith(sentence, refused.Message, StringComparison.Ordinal);
        Assert.True(refused.Retryable);

        (_facilitator.IsThere, _facilitator.Network) = (true, "eip155:84532");
        Assert.IsType<PaymentRequired>(await _buyer.AskAsync(World.Agent, "work", desk: world.NewDesk()));
    }

    private Task<ulong> SentByUsAsync() => _world!.Chain.Client.GetTransactionCountAsync(_world.Settlement.Address, BlockTag.Latest, default);

    [Fact]
    public async Task Blocks_that_are_missing_are_waited_for_within_the_call()
    {
        World world = await StartAsync(TestExecutor.Echo(), confirmations: 3, patience: TimeSpan.FromSeconds(30));
        var brought = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _facilitator.Settle = async call =>
        {
            SettleResponse answer = await _facilitator.BringAsync(call);
            brought.SetResult();
            return answer;
        };
        Task<X402Reply> paying = _buyer.PayAsync(await _buyer.SignAsync());
        await brought.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.False(paying.IsCompleted);
        await world.Chain.MineAsync(2);

        Answers.Delivered(await paying, "did: work");
        Assert.Single(_facilitator.Asked);
    }

    [Fact]
    public async Task What_is_not_deep_enough_in_time_goes_on_by_itself_when_it_is()
    {
        World world = await StartAsync(TestExecutor.Echo(), confirmations: 3, recovery: TimeSpan.FromMilliseconds(50));
        PaidRequest payment = await _buyer.SignAsync();
        Pending(await _buyer.PayAsync(payment));
        Assert.Equal([LedgerKind.Reserved], await world.KindsAsync(_buyer.KeyOf(payment)));

        await world.Chain.MineAsync(2);
        await world.Ledger.Until(LedgerKind.Delivered, _buyer.KeyOf(payment));

        Assert.Equal((1, 1), (_executor.Starts, _facilitator.Asked.Count));
        Assert.Equal(0ul, await SentByUsAsync());
    }

    private async Task<World> StartAsync(
        TestExecutor executor, int confirmations = 1, TimeSpan patience = default, TimeSpan? recovery = null)
    {
        var settlement = new SettlementOptions { Confirmations = confirmations, ConfirmationTimeout = patience, ConfirmationInterval = TimeSpan.FromMilliseconds(10) };
        WorldOptions options = new();
        (World world, _executor) = await World.WithAgentAsync(executor, new WorldOptions
        {
            RequireSettlement = true, Confirmations = confirmations, ConfirmationTimeout = patience, RecoveryInterval = recovery ?? options.RecoveryInterval,
            Settling = new FacilitatorSettling(
                _facilitator, PaymentAsset.BaseSepoliaUsdc, new OptionsWrapper<SellingOptions>(new SellingOptions()),
                new OptionsWrapper<SettlementOptions>(settlement), TimeProvider.System),
        });
        _world = _facilitator.World = world;
        _buyer = await world.BuyerAsync();
        return world;
    }

    private static void Pending(X402Reply reply) => Answers.Pending(reply);
}
