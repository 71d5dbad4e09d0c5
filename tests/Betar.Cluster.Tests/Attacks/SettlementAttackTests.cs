using Betar.Cluster.Tests.Support;
using Betar.Ethereum;
using Betar.Storage.Ledger;
using Betar.X402.Protocol;

namespace Betar.Cluster.Tests.Attacks;

/// <summary>Whoever stands between us and the chain lies, loses, delays or overcharges; buyers empty their pockets.</summary>
public sealed class SettlementAttackTests
{
    [Fact]
    public async Task A_balance_that_is_emptied_between_verify_and_settle_buys_nothing()
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World _ = world;
        TestBuyer buyer = await world.BuyerAsync(funds: World.Price), friend = await world.BuyerAsync("peer-b", funds: 0);
        PaidRequest payment = await buyer.SignAsync();
        var emptied = new ContractCall(
            world.Chain.Token.Address, Eip3009Token.EncodeTransfer(friend.Address, World.Price), Eip3009Token.TransferGasLimit);
        Assert.True((await world.Chain.SendAsync(emptied, buyer.Key)).Succeeded);

        Pending(await buyer.PayAsync(payment));
        world.Clock.Advance(TimeSpan.FromMinutes(2));
        Answers.Refused(await buyer.PayAsync(payment), StreamErrorCode.SettlementFailed, "invalid_exact_evm_payload_authorization_valid_before");

        Assert.Equal((0, 0ul), (executor.Starts, await world.Chain.BalanceAsync(world.PayTo)));
        await world.AssertTotalsAsync(0, 0, 0);
    }

    [Fact]
    public async Task A_node_that_answers_with_another_payments_transaction_is_not_believed()
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World _ = world;
        TestBuyer rich = await world.BuyerAsync(), poor = await world.BuyerAsync("peer-b", funds: 0);
        X402Response first = Answers.Delivered(await rich.BuyAsync(), "did: work");
        TransactionReceipt theirs = (await world.Chain.Client.GetReceiptAsync(Hash32.Parse(first.TxHash), default))!;
        world.Between.Send = _ => Task.FromResult(RpcOutcome.Value(theirs));

        PaidRequest payment = await poor.SignAsync();
        Pending(await poor.PayAsync(payment));
        Assert.Equal([LedgerKind.Reserved], await world.KindsAsync(poor.KeyOf(payment)));
        Assert.Equal(1, executor.Starts);
    }

    [Fact]
    public async Task A_node_that_swallows_transactions_delays_and_takes_nothing()
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(
            TestExecutor.Echo(), new WorldOptions { ReceiptTimeout = TimeSpan.FromSeconds(2) });
        await using World _ = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest first = await buyer.SignAsync("first"), second = await buyer.SignAsync("second");
        int swallowed = 0;
        world.Between.Send = _ => Interlocked.Increment(ref swallowed) == 1 ? Task.FromResult(RpcOutcome.TimedOut<TransactionReceipt>()) : null;

        Pending(await buyer.PayAsync(first));
        Answers.Delivered(await buyer.PayAsync(second), "did: second");
        Answers.Delivered(await buyer.PayAsync(first), "did: first");
        Assert.Equal((2, 2), (executor.Starts, await world.Chain.TransfersOfAsync(buyer.Address)));
    }

    [Fact]
    public async Task A_gap_in_the_transaction_nonces_holds_up_nobody_for_longer_than_one_time_out()
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(
            TestExecutor.Echo(), new WorldOptions { ReceiptTimeout = TimeSpan.FromSeconds(2) });
        await using World _ = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest first = await buyer.SignAsync("first"), second = await buyer.SignAsync("second");
        var lost = new TaskCompletionSource<RpcOutcome<TransactionReceipt>>();
        int sends = 0;
        world.Between.Send = _ => Interlocked.Increment(ref sends) switch
        {
            1 => lost.Task,
            2 => LoseFirstThen(),
            _ => null,
        };

        // The first never arrives, and while that is not known the second is sent behind the gap.
        Task<X402Reply> firstPaid = buyer.PayAsync(first);
        while (Volatile.Read(ref sends) == 0)
            await Task.Yield();
        Answers.Delivered(await buyer.PayAsync(second), "did: second");
        Pending(await firstPaid);
        Answers.Delivered(await buyer.PayAsync(first), "did: first");
        Assert.Equal((2, 2), (executor.Starts, await world.Chain.TransfersOfAsync(buyer.Address)));

        Task<RpcOutcome<TransactionReceipt>>? LoseFirstThen()
        {
            lost.SetResult(RpcOutcome.TimedOut<TransactionReceipt>());
            return null;
        }
    }

    [Fact]
    public async Task Gas_above_the_ceiling_stops_sending_and_forgets_nothing()
    {
        var fees = new SwitchedFees { TooExpensive = true };
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Echo(), new WorldOptions { Fees = fees });
        await using World _ = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();

        Pending(await buyer.PayAsync(payment));
        Assert.Equal(0ul, await world.Chain.Client.GetTransactionCountAsync(world.Settlement.Address, BlockTag.Latest, default));
        Assert.Equal([LedgerKind.Reserved], await world.KindsAsync(buyer.KeyOf(payment)));

        fees.TooExpensive = false;
        Answers.Delivered(await buyer.PayAsync(payment), "did: work");
        Assert.Equal(1, executor.Starts);
    }

    [Fact]
    public async Task Several_accounts_share_the_payments_and_none_pays_twice()
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Echo(), new WorldOptions { Settlers = 3, Silos = 2 });
        await using World _ = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest[] payments = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => buyer.SignAsync($"{i}")));

        // Each payment is shown twice at once.
        X402Reply[] replies = await Task.WhenAll(payments.Concat(payments).Select(payment => buyer.PayAsync(payment)));

        for (int i = 0; i < replies.Length; i++)
            Answers.Delivered(replies[i], $"did: {i % 60}");
        Assert.Equal((60, 60), (executor.Starts, await world.Chain.TransfersOfAsync(buyer.Address)));
        ulong[] counts = await Task.WhenAll(payments.Select(payment => world.Settlers.For(buyer.KeyOf(payment).ToString()).Address).Distinct()
            .Select(account => world.Chain.Client.GetTransactionCountAsync(account, BlockTag.Latest, default)));
        Assert.Equal((3, 60ul), (counts.Length, counts.Aggregate(0ul, (sum, count) => sum + count)));
    }

    [Fact]
    public async Task An_order_of_another_network_is_left_as_it_is()
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World _ = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();
        world.Faults.ThrowOnce(Grains.Payments.FaultPoint.AfterReserve);
        await Assert.ThrowsAnyAsync<Exception>(() => buyer.PayAsync(payment));
        LedgerEntry here = Assert.Single(await world.Ledger.ReadAsync(buyer.KeyOf(payment), default));
        X402.PaymentKey there = here.Payment with { Network = new X402.NetworkId(31337) };
        await world.Ledger.AppendAsync(new LedgerAppend(there, 0, LedgerKind.Reserved, here.AgentId, here.Amount, "", here.Body), default);

        var answer = await world.Grains.GetGrain<Grains.Abstractions.Payments.IPaymentSessionGrain>(there.ToString()).Resume();

        Assert.Equal(Grains.Abstractions.Payments.PaymentEnd.Pending, answer.End);
        Assert.Equal([LedgerKind.Reserved], await world.KindsAsync(there));
        Assert.Equal((0, 0ul), (executor.Starts, await world.Chain.BalanceAsync(world.PayTo)));
    }

    private static void Pending(X402Reply reply) => Answers.Pending(reply);
}
