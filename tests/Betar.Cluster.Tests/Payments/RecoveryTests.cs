using Betar.Cluster.Tests.Support;
using Betar.Grains.Payments;
using Betar.Storage.Ledger;
using Betar.X402;
using Betar.X402.Protocol;

namespace Betar.Cluster.Tests.Payments;

/// <summary>What recovery does when an order, or the ledger itself, does not let it.</summary>
public sealed class RecoveryTests
{
    [Fact]
    public async Task One_order_that_cannot_go_on_holds_up_no_other_and_is_tried_again()
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(
            TestExecutor.Echo(), new WorldOptions { RecoveryConcurrency = 1, RecoveryInterval = TimeSpan.FromMilliseconds(50) });
        await using World _ = world;
        TestBuyer buyer = await world.BuyerAsync();
        List<PaymentKey> orders = [];
        for (int i = 0; i < 3; i++)
        {
            // Left open by a fault on the way, as a silo that died would leave it; recovery leaves it alone at its first look.
            PaidRequest payment = await buyer.SignAsync($"{i}");
            world.Faults.ThrowOnce(FaultPoint.AfterReserve);
            await Assert.ThrowsAnyAsync<Exception>(() => buyer.PayAsync(payment));
            orders.Add(buyer.KeyOf(payment));
        }
        await world.KillClusterAsync();
        PaymentKey victim = (await world.Ledger.OpenOrdersAsync(default)) is [var first, ..] ? first : orders[0];
        world.Ledger.Before = append =>
        {
            if (append.Payment == victim)
                throw new InvalidOperationException("This order does not go on.");
        };

        await world.StartClusterAsync();
        foreach (PaymentKey order in orders.Where(order => order != victim))
            await world.Ledger.Until(LedgerKind.Delivered, order);
        Assert.Equal([LedgerKind.Reserved], await world.KindsAsync(victim));

        world.Ledger.Before = null;
        await world.Ledger.Until(LedgerKind.Delivered, victim);
        Assert.Equal(3, executor.Starts);
        await world.AssertTotalsAsync(3 * World.Price, 3 * World.Price, 0);
    }

    [Fact]
    public async Task An_order_that_cannot_go_on_is_not_tried_at_every_look()
    {
        const int looks = 14;
        (World world, TestExecutor _) = await World.WithAgentAsync(
            TestExecutor.Echo(), new WorldOptions { RecoveryInterval = TimeSpan.FromMilliseconds(20), RetryCeiling = TimeSpan.FromHours(1) });
        await using World __ = world;
        int tries = 0, looked = 0;
        var enough = new TaskCompletionSource();
        world.Ledger.Before = append =>
        {
            if (append.Kind != LedgerKind.Settled)
                return;
            Interlocked.Increment(ref tries);
            throw new InvalidOperationException("This order does not go on.");
        };
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => buyer.PayAsync(payment));
        world.Ledger.Looked = () =>
        {
            if (Interlocked.Increment(ref looked) == looks)
                enough.SetResult();
        };
        await enough.Task.WaitAsync(TimeSpan.FromSeconds(60));

        // The first try is the buyer's own; the pauses double, and a look is never that slow.
        Assert.InRange(Volatile.Read(ref tries), 2, looks - 2);
    }
}
