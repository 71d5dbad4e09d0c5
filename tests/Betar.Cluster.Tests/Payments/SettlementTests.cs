using Betar.Cluster.Tests.Support;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.Grains.Abstractions.Settlement;
using Betar.Grains.Payments;
using Betar.Storage.Ledger;
using Betar.X402.Protocol;

namespace Betar.Cluster.Tests.Payments;

/// <summary>What the chain may do, and what becomes of the payment.</summary>
public sealed class SettlementTests
{
    [Fact]
    public async Task A_chain_that_is_out_leaves_the_payment_pending_and_nothing_lost()
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World _ = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();
        await world.Chain.SetFaultAsync(new { kind = "outage" });

        X402Error pending = Answers.Refused(await buyer.PayAsync(payment), StreamErrorCode.SettlementFailed, "settlement_pending");

        Assert.True(pending.Retryable);
        Assert.Equal([LedgerKind.Reserved], await world.KindsAsync(buyer.KeyOf(payment)));
        Assert.Equal(0, executor.Starts);

        await world.Chain.HealAsync();
        Answers.Delivered(await buyer.PayAsync(payment), "did: work");
        Assert.Equal(1, await world.Chain.TransfersOfAsync(buyer.Address));
        await world.AssertTotalsAsync(World.Price, World.Price, 0);
    }

    [Fact]
    public async Task A_pending_payment_is_resumed_without_its_buyer_when_the_chain_is_back()
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(
            TestExecutor.Echo(), new WorldOptions { RecoveryInterval = TimeSpan.FromMilliseconds(50) });
        await using World _ = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();
        await world.Chain.SetFaultAsync(new { kind = "outage" });
        Answers.Refused(await buyer.PayAsync(payment), StreamErrorCode.SettlementFailed, "settlement_pending");

        await world.Chain.HealAsync();
        await world.Ledger.Until(LedgerKind.Delivered, buyer.KeyOf(payment));

        Answers.Delivered(await buyer.PayAsync(payment), "did: work");
        Assert.Equal(1, executor.Starts);
        Assert.Equal(1, await world.Chain.TransfersOfAsync(buyer.Address));
    }

    [Fact]
    public async Task An_answer_that_is_lost_after_the_commit_is_found_again_and_paid_once()
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(
            TestExecutor.Echo(), new WorldOptions { ReceiptTimeout = TimeSpan.FromSeconds(1) });
        await using World _ = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();
        await world.Chain.SetFaultAsync(new { kind = "dropAnswer" });

        Answers.Refused(await buyer.PayAsync(payment), StreamErrorCode.SettlementFailed, "settlement_pending");
        Assert.Equal(World.Price, await world.Chain.BalanceAsync(world.PayTo));
        Assert.Equal([LedgerKind.Reserved], await world.KindsAsync(buyer.KeyOf(payment)));

        Answers.Delivered(await buyer.PayAsync(payment), "did: work");
        Answers.Delivered(await buyer.BuyAsync("next"), "did: next");
        Assert.Equal(2, executor.Starts);
        Assert.Equal(2, await world.Chain.TransfersOfAsync(buyer.Address));
        await world.AssertTotalsAsync(2 * World.Price, 2 * World.Price, 0);
    }

    [Fact]
    public async Task A_refund_whose_answer_is_lost_after_the_commit_is_made_once()
    {
        (World world, TestExecutor _) = await World.WithAgentAsync(
            TestExecutor.Failing("No."), new WorldOptions { ReceiptTimeout = TimeSpan.FromSeconds(1) });
        await using World __ = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();
        world.Faults.ThrowOnce(FaultPoint.AfterRefundOwed);
        await Assert.ThrowsAnyAsync<Exception>(() => buyer.PayAsync(payment));
        await world.Chain.SetFaultAsync(new { kind = "dropAnswer" });

        Answers.Refused(await buyer.PayAsync(payment), StreamErrorCode.ExecutionFailed, "No. A refund is owed and under way.");
        Answers.Refused(await buyer.PayAsync(payment), StreamErrorCode.ExecutionFailed);

        Assert.Equal(1, await world.Chain.TransfersOfAsync(world.Refunds.Address));
        Assert.Equal(1_000_000ul, await buyer.BalanceAsync());
        await world.AssertTotalsAsync(World.Price, 0, World.Price);
    }

    [Fact]
    public async Task An_identical_transfer_that_somebody_else_sent_first_counts_as_settled()
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World _ = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();
        using PrivateKey stranger = PrivateKey.Generate();
        TransactionReceipt front = await world.Chain.SendAsync(world.Chain.Token.Settle(TestBuyer.AuthorizationOf(payment)), stranger);
        Assert.True(front.Succeeded);

        X402Response receipt = Answers.Delivered(await buyer.PayAsync(payment), "did: work");

        Assert.Equal(front.TransactionHash.ToString(), receipt.TxHash);
        Assert.Equal(1, executor.Starts);
        Assert.Equal(1, await world.Chain.TransfersOfAsync(buyer.Address));
        Assert.Equal(World.Price, await world.Chain.BalanceAsync(world.PayTo));
    }

    [Fact]
    public async Task The_same_nonce_used_for_another_transfer_is_not_a_settlement()
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World _ = world;
        TestBuyer buyer = await world.BuyerAsync(), friend = await world.BuyerAsync("peer-b", funds: 0);
        PaidRequest payment = await buyer.SignAsync();
        PaidRequest elsewhere = buyer.Resign(payment, terms => terms with { To = friend.Address.ToString() });
        using PrivateKey stranger = PrivateKey.Generate();
        await world.Chain.SendAsync(world.Chain.Token.Settle(TestBuyer.AuthorizationOf(elsewhere)), stranger);

        Answers.Refused(await buyer.PayAsync(payment), StreamErrorCode.SettlementFailed, "invalid_exact_evm_nonce_already_used");

        Assert.Equal(World.Price, await friend.BalanceAsync());
        await AssertNothingTakenAsync(world, buyer, payment, executor);
    }

    [Fact]
    public async Task A_payment_that_its_payer_cancelled_is_refused_and_nothing_moved()
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World _ = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();
        await world.Chain.CancelAsync(buyer.Key, buyer.KeyOf(payment).Nonce.Value);

        Answers.Refused(await buyer.PayAsync(payment), StreamErrorCode.SettlementFailed, "invalid_exact_evm_nonce_already_used");

        Assert.Equal(1_000_000ul, await buyer.BalanceAsync());
        await AssertNothingTakenAsync(world, buyer, payment, executor);
    }

    [Fact]
    public async Task A_payment_that_expired_while_it_was_reserved_is_refused_and_nothing_moved()
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World _ = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();
        world.Faults.ThrowOnce(FaultPoint.AfterReserve);
        await Assert.ThrowsAnyAsync<Exception>(() => buyer.PayAsync(payment));

        world.Clock.Advance(TimeSpan.FromMinutes(2));

        Answers.Refused(
            await buyer.PayAsync(payment), StreamErrorCode.SettlementFailed, "invalid_exact_evm_payload_authorization_valid_before");
        Assert.Equal(1_000_000ul, await buyer.BalanceAsync());
        await AssertNothingTakenAsync(world, buyer, payment, executor);
    }

    [Theory]
    [InlineData("pool")]
    [InlineData("vanish")]
    public async Task A_transfer_that_a_reorganisation_took_back_before_it_was_recorded_is_made_again(string transactions)
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(
            TestExecutor.Echo(), new WorldOptions { ReceiptTimeout = TimeSpan.FromSeconds(1) });
        await using World _ = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();
        world.Faults.ThrowOnce(FaultPoint.AfterBroadcast);
        await Assert.ThrowsAnyAsync<Exception>(() => buyer.PayAsync(payment));
        await world.Chain.SetFaultAsync(new { kind = "reorg", blocks = 1, transactions });

        X402Reply reply = await buyer.PayAsync(payment);
        for (int show = 0; show < 5 && reply is X402Error { Retryable: true }; show++)
            reply = await buyer.PayAsync(payment);

        Answers.Delivered(reply, "did: work");
        Assert.Equal(1, executor.Starts);
        Assert.Equal(1, await world.Chain.TransfersOfAsync(buyer.Address));
        Assert.Equal((1_000_000 - World.Price, World.Price), (await buyer.BalanceAsync(), await world.Chain.BalanceAsync(world.PayTo)));
    }

    [Fact]
    public async Task A_settler_for_an_account_without_a_key_here_does_not_start()
    {
        await using World world = await World.StartAsync();
        var order = new TransferOrder
        {
            Asset = world.Chain.Token.Address.ToString(), From = world.PayTo.ToString(), To = world.PayTo.ToString(), Value = "1",
            ValidAfter = 0, ValidBefore = 1, Nonce = "0x" + new string('0', 64), Signature = new string('0', 130),
        };

        Exception refused = await Assert.ThrowsAnyAsync<Exception>(
            () => world.Grains.GetGrain<ISettlerGrain>("eip155:84532/0x1a642f0e3c3af545e7acbd38b07251b3990914f1").Settle(order));

        Assert.Contains("no key", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hundred_payments_at_once_share_one_account_without_losing_a_nonce()
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Echo(), new WorldOptions { Silos = 2 });
        await using World _ = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest[] payments = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => buyer.SignAsync($"{i}")));

        X402Reply[] replies = await Task.WhenAll(payments.Select(payment => buyer.PayAsync(payment)));

        for (int i = 0; i < replies.Length; i++)
            Answers.Delivered(replies[i], $"did: {i}");
        Assert.Equal(100, executor.Starts);
        Assert.Equal(100 * World.Price, await world.Chain.BalanceAsync(world.PayTo));
        await world.AssertTotalsAsync(100 * World.Price, 100 * World.Price, 0);
    }

    [Fact]
    public async Task A_nonce_that_somebody_else_took_with_our_key_is_passed_over()
    {
        (World world, TestExecutor _) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World __ = world;
        TestBuyer buyer = await world.BuyerAsync();
        Answers.Delivered(await buyer.BuyAsync("first"), "did: first");
        PaidRequest other = await buyer.SignAsync("other");
        await world.SendFromSettlerAsync(world.Chain.Token.Settle(TestBuyer.AuthorizationOf(other)));

        Answers.Delivered(await buyer.BuyAsync("second"), "did: second");
    }

    private static async Task AssertNothingTakenAsync(World world, TestBuyer buyer, PaidRequest payment, TestExecutor executor)
    {
        Assert.Equal([LedgerKind.Reserved, LedgerKind.Refused], await world.KindsAsync(buyer.KeyOf(payment)));
        Assert.Equal(0ul, await world.Chain.BalanceAsync(world.PayTo));
        Assert.Equal(0, executor.Starts);
        await world.AssertTotalsAsync(0, 0, 0);
    }
}
