using Betar.Ethereum;
using Betar.Storage.Ledger;
using Betar.X402;
using static Betar.Storage.Ledger.LedgerKind;

namespace Betar.Storage.Tests.Ledger.Verification;

/// <summary>Each rule of the ledger broken alone, in a file where everything else fits: verification finds that rule and no other.</summary>
public sealed class RuleTests
{
    private static readonly Hash32 Elsewhere = LedgerHash.Accumulate(Hash32.Zero, Hash32.Zero);

    [Fact]
    public async Task A_forger_who_keeps_the_rules_is_not_told_from_the_program()
    {
        var report = await new ForgedLedger().Add(1, 0, Reserved).Add(1, 1, Settled).Add(2, 0, Reserved).Add(1, 2, Delivered)
            .Add(3, 0, Reserved).Add(3, 1, Settled).Add(3, 2, RefundOwed).Add(3, 3, Refunded).Add(4, 0, Reserved).Add(4, 1, Refused).VerifyAsync();
        Assert.Empty(report.Faults);
        Assert.Equal((4L, 10L), (report.Totals.Orders, report.Totals.Entries));
    }

    [Theory]
    [InlineData(Settled)]
    [InlineData(RefundOwed)]
    public async Task An_order_begins_with_reserved(LedgerKind first)
    {
        var faults = (await new ForgedLedger().Add(1, 0, first).VerifyAsync()).Faults;
        Assert.Contains(new LedgerFault(LedgerFaultKind.Transition, 1, $"Entry 1 begins its order with {first}."), faults);
        Assert.DoesNotContain(faults, fault => fault.Kind is LedgerFaultKind.Hash or LedgerFaultKind.Link or LedgerFaultKind.Index or LedgerFaultKind.Totals);
    }

    [Fact]
    public async Task An_order_may_begin_with_refused_no_more_than_with_money() => Assert.Equal(
        new LedgerFault(LedgerFaultKind.Transition, 1, "Entry 1 begins its order with Refused."),
        Assert.Single((await new ForgedLedger().Add(1, 0, Refused).VerifyAsync()).Faults));

    [Fact]
    public async Task The_first_entry_of_an_order_points_at_nothing() => Assert.Equal(
        new LedgerFault(LedgerFaultKind.Link, 2, "Entry 2 begins its order but points at an entry before it."),
        Assert.Single((await new ForgedLedger().Add(1, 0, Reserved).Add(2, 0, Reserved, previous: Elsewhere).VerifyAsync()).Faults));

    [Fact]
    public async Task A_later_entry_points_at_the_one_before() => Assert.Equal(
        new LedgerFault(LedgerFaultKind.Link, 2, "Entry 2 does not point at entry 1."),
        Assert.Single((await new ForgedLedger().Add(1, 0, Reserved).Add(1, 1, Refused, previous: Elsewhere).VerifyAsync()).Faults));

    [Fact]
    public async Task An_index_is_not_left_out() => Assert.Equal(
        new LedgerFault(LedgerFaultKind.Index, 2, "Entry 2 has index 2 after 0."),
        Assert.Single((await new ForgedLedger().Add(1, 0, Reserved).Add(1, 2, Refused).VerifyAsync()).Faults));

    [Fact]
    public async Task The_first_index_is_zero() => Assert.Equal(
        new LedgerFault(LedgerFaultKind.Index, 1, "Entry 1 begins its order with index 1."),
        Assert.Single((await new ForgedLedger().Add(1, 1, Reserved).VerifyAsync()).Faults));

    [Fact]
    public async Task An_entry_is_not_written_before_the_one_that_it_follows()
    {
        var faults = (await new ForgedLedger().Add(1, 0, Reserved).Add(1, 1, Refused).SwapLastTwo().VerifyAsync()).Faults;
        Assert.Contains(new LedgerFault(LedgerFaultKind.Index, 1, "Entry 1 comes before entry 2 that it follows."), faults);
    }

    [Fact]
    public async Task An_amount_does_not_change_along_an_order_even_where_no_money_moves() => Assert.Equal(
        new LedgerFault(LedgerFaultKind.Amount, 2, "Entry 2 has the amount 999, its order 1000."),
        Assert.Single((await new ForgedLedger().Add(1, 0, Reserved, 1000).Add(1, 1, Refused, 999).VerifyAsync()).Faults));

    public static TheoryData<LedgerKind, LedgerKind> Forbidden()
    {
        var data = new TheoryData<LedgerKind, LedgerKind>();
        foreach (var last in Enum.GetValues<LedgerKind>())
        {
            foreach (var next in Enum.GetValues<LedgerKind>().Where(next => !LedgerTransitions.IsLegal(last, next)))
                data.Add(last, next);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Forbidden))]
    public async Task A_forbidden_step_is_found_where_it_was_taken(LedgerKind last, LedgerKind next)
    {
        LedgerKind[] way = last switch
        {
            Settled => [Reserved],
            Delivered or RefundOwed => [Reserved, Settled],
            Refunded => [Reserved, Settled, RefundOwed],
            Refused => [Reserved],
            _ => [],
        };
        var ledger = new ForgedLedger();
        LedgerKind[] kinds = [.. way, last, next];
        for (var index = 0; index < kinds.Length; index++)
            ledger.Add(1, index, kinds[index]);
        var fault = Assert.Single((await ledger.VerifyAsync()).Faults, fault => fault.Kind == LedgerFaultKind.Transition);
        Assert.Equal((kinds.Length, $"Entry {kinds.Length} is {next} after {last}."), (fault.Sequence, fault.Message));
    }

    [Fact]
    public async Task Money_that_was_delivered_and_never_came_is_found()
    {
        var report = await new ForgedLedger().Add(1, 0, Reserved).Add(1, 1, Delivered).VerifyAsync();
        Assert.Contains(report.Faults, fault => fault.Kind == LedgerFaultKind.Conservation && fault.Sequence == 0
            && fault.Message.StartsWith("0 units of ", StringComparison.Ordinal));
        Assert.False(report.Totals.Conserved);
    }

    [Fact]
    public async Task Money_that_is_delivered_and_goes_back_as_well_is_found()
    {
        var report = await new ForgedLedger().Add(1, 0, Reserved).Add(1, 1, Settled).Add(1, 2, Delivered).Add(1, 3, Refunded).VerifyAsync();
        Assert.Contains(report.Faults, fault => fault.Kind == LedgerFaultKind.Conservation);
        Assert.Equal(((AtomicAmount)1000, (AtomicAmount)1000, (AtomicAmount)1000),
            (report.Totals.In, report.Totals.Delivered, report.Totals.Refunded));
    }

    [Fact]
    public async Task Sums_run_over_all_orders_of_an_asset()
    {
        var ledger = new ForgedLedger();
        for (var order = 1; order <= 3; order++)
        {
            ledger.Add(order, 0, Reserved, 10).Add(order, 1, Settled, 10).Add(order, 2, RefundOwed, 10).Add(order, 3, Refunded, 10);
            ledger.Add(10 + order, 0, Reserved, 7).Add(10 + order, 1, Settled, 7);
            ledger.Add(20 + order, 0, Reserved, 5).Add(20 + order, 1, Settled, 5).Add(20 + order, 2, Delivered, 5);
            ledger.Add(30 + order, 0, Reserved, 2).Add(30 + order, 1, Settled, 2).Add(30 + order, 2, RefundOwed, 2);
        }

        var report = await ledger.VerifyAsync();
        Assert.Empty(report.Faults);
        Assert.Equal(((AtomicAmount)72, (AtomicAmount)15, (AtomicAmount)30, (AtomicAmount)27),
            (report.Totals.In, report.Totals.Delivered, report.Totals.Refunded, report.Totals.Held));
    }
}
