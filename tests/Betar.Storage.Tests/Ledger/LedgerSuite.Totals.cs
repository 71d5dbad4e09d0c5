using Betar.Storage.Ledger;
using Betar.Storage.Tests.Support;
using Betar.X402;
using static Betar.Storage.Ledger.LedgerKind;

namespace Betar.Storage.Tests.Ledger;

/// <content>Open orders, sums, and their verification.</content>
public abstract partial class LedgerSuite
{
    [Fact]
    public async Task Open_orders_are_those_without_an_end_oldest_first()
    {
        await Ledger.RunAsync(1, Reserved);
        await Ledger.RunAsync(2, Reserved, Settled);
        await Ledger.RunAsync(3, Reserved, Settled, RefundOwed);
        await Ledger.RunAsync(4, Reserved, Settled, Delivered);
        await Ledger.RunAsync(5, Reserved, Settled, RefundOwed, Refunded);
        await Ledger.RunAsync(6, Reserved, Refused);
        Assert.Equal([TestOrders.Payment(1), TestOrders.Payment(2), TestOrders.Payment(3)], await Ledger.OpenOrdersAsync(default));
    }

    [Fact]
    public async Task Totals_follow_the_money()
    {
        await Ledger.RunAsync(TestOrders.Payment(1), 1, Reserved);
        await Ledger.RunAsync(TestOrders.Payment(2), 10, Reserved, Settled);
        await Ledger.RunAsync(TestOrders.Payment(3), 100, Reserved, Settled, RefundOwed);
        await Ledger.RunAsync(TestOrders.Payment(4), 1_000, Reserved, Settled, Delivered);
        await Ledger.RunAsync(TestOrders.Payment(5), 10_000, Reserved, Settled, RefundOwed, Refunded);
        await Ledger.RunAsync(TestOrders.Payment(6), 100_000, Reserved, Refused);

        var totals = await Ledger.TotalsAsync(default);
        Assert.Equal(((AtomicAmount)11_110, (AtomicAmount)1_000, (AtomicAmount)10_000, (AtomicAmount)110),
            (totals.In, totals.Delivered, totals.Refunded, totals.Held));
        Assert.Equal((6, 15), (totals.Orders, totals.Entries));
        Assert.True(totals.Conserved);
    }

    [Fact]
    public async Task Totals_keep_assets_apart()
    {
        var other = TestOrders.Payment(2) with { Asset = TestOrders.Payer(7) };
        await Ledger.RunAsync(TestOrders.Payment(1), 5, Reserved, Settled);
        await Ledger.RunAsync(other, 7, Reserved, Settled, Delivered);
        var totals = await Ledger.TotalsAsync(default);
        Assert.Equal(2, totals.Assets.Count);
        Assert.Equal((AtomicAmount)5, totals.Assets.Single(asset => asset.Asset == TestOrders.Usdc).Held);
        Assert.Equal((AtomicAmount)7, totals.Assets.Single(asset => asset.Asset == other.Asset).Delivered);
    }

    [Fact]
    public async Task An_asset_appears_in_the_totals_with_its_first_money()
    {
        await Ledger.RunAsync(1, Reserved, Refused);
        await Ledger.RunAsync(2, Reserved);
        Assert.Empty((await Ledger.TotalsAsync(default)).Assets);
        Assert.Empty((await Ledger.VerifyAsync(default)).Totals.Assets);
        await Ledger.MustAppendAsync(TestOrders.Append(2, 1, Settled));
        Assert.Single((await Ledger.TotalsAsync(default)).Assets);
        Assert.Equivalent(await Ledger.TotalsAsync(default), (await Ledger.VerifyAsync(default)).Totals);
    }

    [Fact]
    public async Task Totals_of_nothing_are_zero_and_conserved()
    {
        var totals = await Ledger.TotalsAsync(default);
        Assert.Equal((AtomicAmount.Zero, 0L, 0L), (totals.In, totals.Orders, totals.Entries));
        Assert.True(totals.Conserved);
    }

    [Fact]
    public async Task The_largest_amounts_add_up()
    {
        var largest = AtomicAmount.Parse(new string('9', 57));
        for (var order = 1; order <= 3; order++)
        {
            await Ledger.MustAppendAsync(TestOrders.Append(order, 0, Reserved) with { Amount = largest });
            await Ledger.MustAppendAsync(TestOrders.Append(order, 1, Settled) with { Amount = largest });
        }

        Assert.Equal("2" + new string('9', 56) + "7", (await Ledger.TotalsAsync(default)).In.ToString());
        Assert.True((await Ledger.VerifyAsync(default)).Ok);
    }

    [Fact]
    public async Task Verification_of_a_sound_ledger_finds_nothing_and_counts_from_scratch()
    {
        await Ledger.RunAsync(1, Reserved, Settled, Delivered);
        await Ledger.RunAsync(2, Reserved, Settled, RefundOwed);
        var report = await Ledger.VerifyAsync(default);
        Assert.True(report.Ok);
        Assert.Equivalent(await Ledger.TotalsAsync(default), report.Totals);
        Assert.False(report.Head.IsZero);
    }
}
