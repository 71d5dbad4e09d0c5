using Betar.Cluster.Tests.Support;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.Grains.Settlement.Audit;
using Betar.Storage.Ledger;
using Betar.X402.Networks;
using Betar.X402.Protocol;

namespace Betar.Cluster.Tests.Attacks;

/// <summary>A chain that takes blocks back, by chance or because somebody paid for it.</summary>
public sealed class ReorganisationTests
{
    private static readonly WorldOptions s_threeBlocks = new() { Confirmations = 3, ConfirmationTimeout = TimeSpan.Zero };

    [Fact]
    public async Task A_transfer_that_too_few_blocks_hold_starts_no_work()
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Echo(), s_threeBlocks);
        await using World _ = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();

        Pending(await buyer.PayAsync(payment));
        await world.Chain.MineAsync(1);
        Pending(await buyer.PayAsync(payment));
        Assert.Equal([LedgerKind.Reserved], await world.KindsAsync(buyer.KeyOf(payment)));
        Assert.Equal((0, 1), (executor.Starts, await world.Chain.TransfersOfAsync(buyer.Address)));

        await world.Chain.MineAsync(1);
        Answers.Delivered(await buyer.PayAsync(payment), "did: work");
        Assert.Equal((1, 1), (executor.Starts, await world.Chain.TransfersOfAsync(buyer.Address)));
    }

    [Theory]
    [InlineData("vanish")]
    [InlineData("pool")]
    public async Task A_reorganisation_that_drops_the_transaction_is_noticed_and_the_same_payment_is_sent_again(string transactions)
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Echo(), s_threeBlocks);
        await using World _ = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();
        Pending(await buyer.PayAsync(payment));
        await world.Chain.MineAsync(1);
        await world.Chain.SetFaultAsync(new { kind = "reorg", blocks = 2, transactions });

        for (int show = 0; show < 3; show++)
        {
            Pending(await buyer.PayAsync(payment));
            Assert.Equal(0, executor.Starts);
        }
        await world.Chain.MineAsync(3);

        Answers.Delivered(await buyer.PayAsync(payment), "did: work");
        Assert.Equal((1, 1), (executor.Starts, await world.Chain.TransfersOfAsync(buyer.Address)));
        Assert.Equal((1_000_000 - World.Price, World.Price), (await buyer.BalanceAsync(), await world.Chain.BalanceAsync(world.PayTo)));
        await world.AssertTotalsAsync(World.Price, World.Price, 0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task While_a_call_waits_for_its_blocks_a_reorganisation_costs_it_time_and_nothing_else(int look)
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(
            TestExecutor.Echo(), s_threeBlocks with { ConfirmationTimeout = TimeSpan.FromSeconds(60), StreamBudget = TimeSpan.FromMinutes(5) });
        await using World _ = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();
        List<ulong> sent = Watch(world);
        world.Between.Send = async raw =>
        {
            RpcOutcome<TransactionReceipt> receipt = await SendAsync(world, raw, sent);
            if (sent.Count == 2)
                await world.Chain.MineAsync(2);
            return receipt;
        };
        int looks = 0;
        world.Between.BeforeCall = () => sent.Count == 1 && ++looks == look
            ? world.Chain.SetFaultAsync(new { kind = "reorg", blocks = 1, transactions = "vanish" })
            : Task.CompletedTask;

        Answers.Delivered(await buyer.PayAsync(payment), "did: work");
        Assert.Equal((1, 1), (executor.Starts, await world.Chain.TransfersOfAsync(buyer.Address)));
        Assert.Equal([0ul, 0ul], sent);
    }

    [Fact]
    public async Task What_was_dropped_is_sent_again_in_the_place_that_is_free_again_and_in_no_later_one()
    {
        (World world, TestExecutor _) = await World.WithAgentAsync(TestExecutor.Echo(), s_threeBlocks);
        await using World __ = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();
        List<ulong> sent = Watch(world);
        Pending(await buyer.PayAsync(payment));
        await world.Chain.SetFaultAsync(new { kind = "reorg", blocks = 1, transactions = "vanish" });

        Pending(await buyer.PayAsync(payment));
        Assert.Equal([0ul, 0ul], sent);
    }

    [Fact]
    public async Task A_double_spend_in_the_new_blocks_is_refused_and_nothing_was_worked_for_it()
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Echo(), s_threeBlocks);
        await using World _ = world;
        TestBuyer buyer = await world.BuyerAsync(), friend = await world.BuyerAsync("peer-b", funds: 0);
        PaidRequest payment = await buyer.SignAsync();
        Pending(await buyer.PayAsync(payment));
        await world.Chain.SetFaultAsync(new { kind = "reorg", blocks = 1, transactions = "vanish" });
        PaidRequest elsewhere = buyer.Resign(payment, terms => terms with { To = friend.Address.ToString() });
        using PrivateKey stranger = PrivateKey.Generate();
        Assert.True((await world.Chain.SendAsync(world.Chain.Token.Settle(TestBuyer.AuthorizationOf(elsewhere)), stranger)).Succeeded);

        Pending(await buyer.PayAsync(payment));
        await world.Chain.MineAsync(3);
        Answers.Refused(await buyer.PayAsync(payment), StreamErrorCode.SettlementFailed, "invalid_exact_evm_nonce_already_used");
        Assert.Equal(0, executor.Starts);
        await world.AssertTotalsAsync(0, 0, 0);
    }

    [Fact]
    public async Task A_refund_that_was_taken_back_is_made_again_and_once()
    {
        (World world, TestExecutor _) = await World.WithAgentAsync(TestExecutor.Failing("No."), s_threeBlocks);
        await using World __ = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();
        Pending(await buyer.PayAsync(payment));
        await world.Chain.MineAsync(2);
        Answers.Refused(await buyer.PayAsync(payment), StreamErrorCode.ExecutionFailed, "No. A refund is owed and under way.");
        await world.Chain.SetFaultAsync(new { kind = "reorg", blocks = 1, transactions = "vanish" });

        Answers.Refused(await buyer.PayAsync(payment), StreamErrorCode.ExecutionFailed, "No. A refund is owed and under way.");
        await world.Chain.MineAsync(2);
        Assert.Contains("refunded in 0x", Answers.Refused(await buyer.PayAsync(payment), StreamErrorCode.ExecutionFailed).Message, StringComparison.Ordinal);
        Assert.Equal((1, 1_000_000ul), (await world.Chain.TransfersOfAsync(world.Refunds.Address), await buyer.BalanceAsync()));
    }

    [Fact]
    public async Task One_that_goes_deeper_than_the_confirmations_is_not_prevented_and_found_by_the_audit()
    {
        (World world, TestExecutor _) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World __ = world;
        TestBuyer buyer = await world.BuyerAsync();
        Answers.Delivered(await buyer.BuyAsync(), "did: work");
        await world.Chain.SetFaultAsync(new { kind = "reorg", blocks = 1, transactions = "vanish" });

        AuditReport report = await new ChainAudit(
            world.Ledger, world.Chain.Client, PaymentAsset.BaseSepoliaUsdc, new AuditAccounts([world.PayTo], world.Refunds.Address)).RunAsync(default);
        Assert.Equal(AuditFaultKind.NotOnChain, Assert.Single(report.Faults).Kind);
    }

    /// <summary>The transaction nonces of what the settlers send.</summary>
    private static List<ulong> Watch(World world)
    {
        List<ulong> sent = [];
        world.Between.Send = raw => SendAsync(world, raw, sent);
        return sent;
    }

    private static Task<RpcOutcome<TransactionReceipt>> SendAsync(World world, ReadOnlyMemory<byte> raw, List<ulong> sent)
    {
        Assert.True(Eip1559Transaction.TryDecode(raw, out SignedTransaction? transaction, out _));
        sent.Add(transaction!.Transaction.Nonce);
        return world.Chain.Client.SendRawTransactionSyncAsync(raw, world.Options.ReceiptTimeout, default);
    }

    private static void Pending(X402Reply reply) => Answers.Refused(reply, StreamErrorCode.SettlementFailed, "settlement_pending");
}
