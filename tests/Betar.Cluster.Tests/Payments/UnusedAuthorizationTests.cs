using Betar.Cluster.Tests.Support;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.Storage.Ledger;
using Betar.X402.Protocol;

namespace Betar.Cluster.Tests.Payments;

/// <summary>
/// A transfer that the chain refused can still be made by anybody who has the signature, as long as it is valid. So the order
/// stays open until it was made, or never can be.
/// </summary>
public sealed class UnusedAuthorizationTests
{
    private const string Expired = "invalid_exact_evm_payload_authorization_valid_before";

    [Fact]
    public async Task A_payer_without_the_money_is_refused_for_good_only_when_the_payment_has_expired()
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World _ = world;
        TestBuyer buyer = await world.BuyerAsync(funds: World.Price - 1);
        PaidRequest payment = await buyer.SignAsync();

        Assert.True(Pending(await buyer.PayAsync(payment)).Retryable);
        Assert.Equal([LedgerKind.Reserved], await world.KindsAsync(buyer.KeyOf(payment)));

        world.Clock.Advance(TimeSpan.FromMinutes(2));
        X402Reply end = await buyer.PayAsync(payment);

        Assert.False(Answers.Refused(end, StreamErrorCode.SettlementFailed, Expired).Retryable);
        Assert.Equal(Answers.Text(end), Answers.Text(await buyer.PayAsync(payment)));
        Assert.Equal(World.Price - 1, await buyer.BalanceAsync());
        Assert.Equal([LedgerKind.Reserved, LedgerKind.Refused], await world.KindsAsync(buyer.KeyOf(payment)));
        Assert.Equal(0ul, await world.Chain.BalanceAsync(world.PayTo));
        Assert.Equal(0, executor.Starts);
        await world.AssertTotalsAsync(0, 0, 0);
    }

    [Fact]
    public async Task A_payer_who_gets_the_money_later_is_served_with_the_same_payment()
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World _ = world;
        TestBuyer buyer = await world.BuyerAsync(funds: World.Price - 1);
        PaidRequest payment = await buyer.SignAsync();
        Pending(await buyer.PayAsync(payment));

        await world.Chain.FundAsync(buyer.Address, 1);

        Answers.Delivered(await buyer.PayAsync(payment), "did: work");
        Assert.Equal(1, executor.Starts);
        await world.AssertTotalsAsync(World.Price, World.Price, 0);
    }

    [Fact]
    public async Task Money_that_somebody_else_moved_after_the_chain_had_refused_is_noticed_and_worked_for()
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World _ = world;
        TestBuyer buyer = await world.BuyerAsync(funds: World.Price - 1);
        PaidRequest payment = await buyer.SignAsync();
        Pending(await buyer.PayAsync(payment));
        await world.Chain.FundAsync(buyer.Address, 1);
        using PrivateKey stranger = PrivateKey.Generate();
        TransactionReceipt theirs = await world.Chain.SendAsync(world.Chain.Token.Settle(TestBuyer.AuthorizationOf(payment)), stranger);
        Assert.True(theirs.Succeeded);

        world.Clock.Advance(TimeSpan.FromMinutes(2));
        X402Response receipt = Answers.Delivered(await buyer.PayAsync(payment), "did: work");

        Assert.Equal(theirs.TransactionHash.ToString(), receipt.TxHash);
        Assert.Equal(1, executor.Starts);
        await world.AssertTotalsAsync(World.Price, World.Price, 0);
    }

    [Fact]
    public async Task Recovery_ends_it_without_its_buyer()
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(
            TestExecutor.Echo(), new WorldOptions { RecoveryInterval = TimeSpan.FromMilliseconds(50) });
        await using World _ = world;
        TestBuyer buyer = await world.BuyerAsync(funds: 0);
        PaidRequest payment = await buyer.SignAsync();
        Pending(await buyer.PayAsync(payment));

        world.Clock.Advance(TimeSpan.FromMinutes(2));
        await world.Ledger.Until(LedgerKind.Refused, buyer.KeyOf(payment));

        Answers.Refused(await buyer.PayAsync(payment), StreamErrorCode.SettlementFailed, Expired);
        Assert.Equal(0, executor.Starts);
    }

    [Fact]
    public async Task While_it_would_be_refused_no_further_transaction_is_spent_on_it()
    {
        (World world, TestExecutor _) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World __ = world;
        TestBuyer buyer = await world.BuyerAsync(funds: 0);
        PaidRequest payment = await buyer.SignAsync();
        for (int show = 0; show < 4; show++)
            Pending(await buyer.PayAsync(payment));

        Assert.Equal(1ul, await world.Chain.Client.GetTransactionCountAsync(world.Settlement.Address, BlockTag.Latest, default));
    }

    [Fact]
    public async Task A_transaction_that_reverted_is_sent_again_with_the_same_payment()
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World _ = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();
        await world.Chain.SetFaultAsync(new { kind = "revert" });

        Pending(await buyer.PayAsync(payment));
        Assert.Equal(1_000_000ul, await buyer.BalanceAsync());
        Answers.Delivered(await buyer.PayAsync(payment), "did: work");

        Assert.Equal(1, executor.Starts);
        Assert.Equal(1, await world.Chain.TransfersOfAsync(buyer.Address));
        await world.AssertTotalsAsync(World.Price, World.Price, 0);
    }

    [Fact]
    public async Task A_node_that_says_success_and_shows_no_event_of_the_token_is_not_believed()
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World _ = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();
        await world.Chain.SetFaultAsync(new { kind = "revert" });
        world.Chain.Node.Lie = answer => answer.Replace("\"status\":\"0x0\"", "\"status\":\"0x1\"", StringComparison.Ordinal);

        Pending(await buyer.PayAsync(payment));
        Assert.Equal(0, executor.Starts);
        Assert.Equal([LedgerKind.Reserved], await world.KindsAsync(buyer.KeyOf(payment)));

        world.Chain.Node.Lie = null;
        Answers.Delivered(await buyer.PayAsync(payment), "did: work");
        Assert.Equal(1, await world.Chain.TransfersOfAsync(buyer.Address));
    }

    private static X402Error Pending(X402Reply reply) => Answers.Pending(reply);
}
