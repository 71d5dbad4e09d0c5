using Betar.Agents;
using Betar.Cluster.Tests.Support;
using Betar.Ethereum;
using Betar.Grains.Payments;
using Betar.Grains.Settlement.Audit;
using Betar.Storage.Ledger;
using Betar.X402.Networks;

namespace Betar.Cluster.Tests.Payments;

/// <summary>Sales that stand beside the ledger, compared with the chain: here two that were paid and paid back, of which the ledger is made to know nothing.</summary>
public sealed class SaleAuditTests
{
    [Fact]
    public async Task Sales_that_are_in_the_book_agree()
    {
        await using World world = await SoldAsync();
        AuditReport report = await AuditAsync(world, sale => sale);

        Assert.Empty(report.Faults);
        Assert.Equal((4, 0), (report.Rows, report.Open));
    }

    [Fact]
    public async Task Sales_that_no_book_knows_are_found()
    {
        await using World world = await SoldAsync();
        Assert.Equal([AuditFaultKind.PaidUnrecorded, AuditFaultKind.PaidUnrecorded, AuditFaultKind.LeftUnexplained, AuditFaultKind.LeftUnexplained], await KindsAsync(world, _ => null));
    }

    [Fact]
    public async Task A_sale_of_another_amount_is_found()
    {
        await using World world = await SoldAsync();
        Assert.Contains(AuditFaultKind.OtherTransfer, await KindsAsync(world, sale => sale with { Paid = sale.Paid + 1 }));
        Assert.Contains(AuditFaultKind.OtherTransfer, await KindsAsync(world, sale => sale with { Paid = sale.Paid + 1, ByPermit = true }));
        Assert.Contains(AuditFaultKind.OtherTransfer, await KindsAsync(world, sale => sale with { GoesBack = sale.GoesBack + 1 }));
    }

    [Fact]
    public async Task A_sale_by_permit_is_known_by_its_transfer_alone()
    {
        await using World world = await SoldAsync();
        Assert.Empty(await KindsAsync(world, sale => sale with { ByPermit = true }));
    }

    [Fact]
    public async Task Units_that_are_nowhere_are_a_fault()
    {
        await using World world = await SoldAsync();
        Assert.Equal([AuditFaultKind.Amount, AuditFaultKind.Amount], await KindsAsync(world, sale => sale with { IsConserved = false }));
    }

    [Fact]
    public async Task A_refund_that_was_sent_and_is_not_yet_in_the_book_is_open_and_no_fault()
    {
        await using World world = await SoldAsync();
        AuditReport report = await AuditAsync(world, sale => sale with { PaidBack = "" });
        Assert.Empty(report.Faults);
        Assert.Equal(2, report.Open);
    }

    [Fact]
    public async Task A_sale_for_nothing_names_no_transaction()
    {
        await using World world = await SoldAsync();
        AuditReport report = await AuditAsync(world, sale => sale, sales => [.. sales, sales[0] with { Paid = UInt256.Zero, Transaction = "", GoesBack = UInt256.Zero, PaidBack = "" }]);
        Assert.Empty(report.Faults);
    }

    private static async Task<AuditFaultKind[]> KindsAsync(World world, Func<AuditedSale, AuditedSale?> change) =>
        [.. (await AuditAsync(world, change)).Faults.Select(fault => fault.Kind).Order()];

    private static async Task<AuditReport> AuditAsync(World world, Func<AuditedSale, AuditedSale?> change, Func<List<AuditedSale>, List<AuditedSale>>? more = null)
    {
        List<AuditedSale> sales = [.. (await SalesAsync(world)).Select(change).OfType<AuditedSale>()];
        return await new ChainAudit(
            new FalsifiedLedger(world.Ledger, _ => null), world.Chain.Client, PaymentAsset.BaseSepoliaUsdc, new AuditAccounts([world.PayTo], world.Refunds.Address),
            new AuditOptions { FromBlock = 0 }, more?.Invoke(sales) ?? sales).RunAsync(default);
    }

    private static async Task<List<AuditedSale>> SalesAsync(World world)
    {
        List<LedgerEntry> entries = [];
        await foreach (LedgerEntry entry in world.Ledger.QueryAsync(LedgerQuery.All, default))
            entries.Add(entry);
        return
        [
            .. entries.GroupBy(entry => entry.Payment).Select(order => new AuditedSale(
                order.Key, world.PayTo, order.First().Amount.Units, order.Single(entry => entry.Kind == LedgerKind.Settled).Reference, ByPermit: false, order.First().Amount.Units,
                order.Single(entry => entry.Kind == LedgerKind.Refunded).Reference, IsConserved: true)),
        ];
    }

    private static async Task<World> SoldAsync()
    {
        (World world, TestExecutor _) = await World.WithAgentAsync(new TestExecutor((_, _) => Task.FromResult(ExecutionOutcome.Failed("No."))));
        TestBuyer buyer = await world.BuyerAsync();
        await buyer.BuyAsync("one");
        await buyer.BuyAsync("two");
        return world;
    }
}
