using Betar.Cluster.Tests.Buying;
using Betar.Cluster.Tests.Support;
using Betar.Ethereum;
using Betar.Grains.Abstractions.Buying;
using Betar.Grains.Abstractions.Results;
using Betar.X402.Protocol;

namespace Betar.Cluster.Tests.Selling;

/// <summary>A payer without the money hears so, and its transfer costs nobody gas.</summary>
public sealed class PayerFundsTests
{
    private const string Reason = "invalid_exact_evm_insufficient_balance: the payer has less than the price; nothing was taken.";

    private static readonly WorldOptions s_asking = new() { RequirePayerFunds = true };

    [Fact]
    public async Task It_is_told_before_anything_is_taken_and_may_come_again_with_the_same_payment()
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Echo(), s_asking);
        await using World _ = world;
        TestBuyer buyer = await world.BuyerAsync(funds: World.Price - 1);
        PaidRequest payment = await buyer.SignAsync();

        X402Error error = Answers.Refused(await buyer.PayAsync(payment), StreamErrorCode.SettlementFailed, Reason);

        Assert.True(error.Retryable);
        await world.AssertEmptyAsync();
        Assert.Equal((0, 0), (executor.Starts, await world.Chain.TransfersOfAsync(buyer.Address)));
        await world.Chain.FundAsync(buyer.Address, 1);
        Answers.Delivered(await buyer.PayAsync(payment), "did: work");
    }

    [Fact]
    public async Task Who_paid_a_moment_ago_is_not_asked_for_and_its_stored_answers_need_no_money()
    {
        (World world, TestExecutor _) = await World.WithAgentAsync(TestExecutor.Echo(), s_asking);
        await using World __ = world;
        TestBuyer buyer = await world.BuyerAsync(funds: 2 * World.Price);
        PaidRequest first = await buyer.SignAsync();
        Answers.Delivered(await buyer.PayAsync(first), "did: work");
        world.Clock.Advance(TimeSpan.FromSeconds(11));
        Answers.Delivered(await buyer.BuyAsync("more"), "did: more");

        Answers.Delivered(await buyer.PayAsync(first), "did: work");
        world.Clock.Advance(TimeSpan.FromMinutes(2));
        Answers.Delivered(await buyer.PayAsync(first), "did: work");
        Answers.Refused(await buyer.BuyAsync("too much"), StreamErrorCode.SettlementFailed, Reason);
        await world.AssertTotalsAsync(2 * World.Price, 2 * World.Price, 0);
    }

    [Fact]
    public async Task One_that_was_taken_all_the_same_waits_and_says_why()
    {
        (World world, TestExecutor _) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World __ = world;
        TestBuyer buyer = await world.BuyerAsync(funds: 0);
        PaidRequest payment = await buyer.SignAsync();

        X402Error error = Answers.Refused(
            await buyer.PayAsync(payment), StreamErrorCode.SettlementFailed, "invalid_exact_evm_insufficient_balance: the payer has less than the price.");

        Assert.True(error.Retryable);
        await world.Chain.FundAsync(buyer.Address, World.Price);
        Answers.Delivered(await buyer.PayAsync(payment), "did: work");
        await world.AssertTotalsAsync(World.Price, World.Price, 0);
    }

    /// <summary>BTR-3021 names what is to be done; the payment stays the same.</summary>
    [Fact]
    public async Task A_buyer_of_ours_knows_that_its_wallet_is_too_low()
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Echo(), s_asking);
        Address poor = shop.World.Wallets.Add();

        PurchaseResult result = await shop.Purchase("p-1").Buy(shop.Intent with { Wallet = poor.ToString() });

        Assert.Equal((PurchaseStage.PaymentSigned, RefusalCodes.WalletTooLow, true), (result.Stage, result.Refusal?.Code, result.Refusal?.Retryable));
        await shop.World.Chain.FundAsync(poor, World.Price);
        Assert.Equal(PurchaseStage.Delivered, (await shop.Purchase("p-1").Repeat()).Stage);
    }

    [Fact]
    public async Task A_chain_that_says_nothing_of_the_balance_stops_nobody()
    {
        (World world, TestExecutor _) = await World.WithAgentAsync(TestExecutor.Echo(), s_asking);
        await using World __ = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();
        world.Between.OnCall = call => Convert.ToHexStringLower(call.Data.Span[..4]) == "70a08231" ? RpcOutcome.TimedOut<byte[]>() : null;

        Answers.Delivered(await buyer.PayAsync(payment), "did: work");
    }
}
