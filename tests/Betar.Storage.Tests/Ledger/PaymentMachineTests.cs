using Betar.Storage.Ledger;

namespace Betar.Storage.Tests.Ledger;

public sealed class PaymentMachineTests
{
    private static readonly LedgerKind[] Kinds = Enum.GetValues<LedgerKind>();
    private static readonly PaymentState[] States = Enum.GetValues<PaymentState>();

    [Fact]
    public void The_ledger_takes_these_entries_after_each_other_and_no_others() => Assert.Equal(
        [
            (LedgerKind.Reserved, LedgerKind.Settled), (LedgerKind.Reserved, LedgerKind.Refused), (LedgerKind.Settled, LedgerKind.Delivered),
            (LedgerKind.Settled, LedgerKind.RefundOwed), (LedgerKind.RefundOwed, LedgerKind.Refunded),
        ],
        from last in Kinds from next in Kinds where LedgerTransitions.IsLegal(last, next) select (last, next));

    [Fact]
    public void An_order_begins_as_reserved() => Assert.Equal([LedgerKind.Reserved], Kinds.Where(LedgerTransitions.IsFirst));

    [Fact]
    public void A_kind_that_nobody_knows_follows_nothing_and_nothing_follows_it() => Assert.All(
        Kinds, kind => Assert.False(LedgerTransitions.IsLegal(kind, (LedgerKind)9) || LedgerTransitions.IsLegal((LedgerKind)200, kind)));

    [Fact]
    public void Ledger_and_diagram_have_the_same_ends() =>
        Assert.All(Kinds, kind => Assert.Equal(LedgerTransitions.IsEnd(kind), PaymentMachine.IsEnd(PaymentMachine.AfterCrash(kind))));

    [Fact]
    public void From_everywhere_there_is_a_way_to_an_end()
    {
        foreach (var state in States)
        {
            var reached = new HashSet<PaymentState> { state };
            while (PaymentMachine.Steps.Where(step => reached.Contains(step.From)).Select(step => step.To).Except(reached).ToList() is { Count: > 0 } more)
                reached.UnionWith(more);
            Assert.Contains(reached, PaymentMachine.IsEnd);
        }
    }

    [Fact]
    public void Money_that_is_here_can_only_be_delivered_or_go_back() => Assert.All(
        PaymentMachine.Steps.Where(step => step.From is PaymentState.Settled or PaymentState.Executing or PaymentState.Interrupted),
        step => Assert.Contains(step.To, new[] { PaymentState.Executing, PaymentState.Interrupted, PaymentState.Delivered, PaymentState.RefundOwed }));

    [Fact]
    public void Work_begins_only_when_the_money_is_here() => Assert.All(
        PaymentMachine.Steps.Where(step => step.To == PaymentState.Executing), step => Assert.Contains(step.From, new[] { PaymentState.Settled, PaymentState.Interrupted, PaymentState.Executing }));

    [Fact]
    public void After_a_crash_nothing_is_sent_unasked_and_no_work_begins_unasked()
    {
        Assert.Equal(PaymentState.Pending, PaymentMachine.AfterCrash(LedgerKind.Reserved));
        Assert.Equal(PaymentState.Interrupted, PaymentMachine.AfterCrash(LedgerKind.Settled));
        Assert.Throws<ArgumentOutOfRangeException>(() => PaymentMachine.AfterCrash((LedgerKind)9));
    }

    [Fact]
    public void A_step_that_is_not_drawn_is_a_bug()
    {
        var drawn = PaymentMachine.Steps.Select(step => (step.From, step.Event)).ToHashSet();
        foreach (var state in States)
        {
            foreach (var happened in Enum.GetValues<PaymentEvent>())
            {
                if (drawn.Contains((state, happened)))
                    Assert.Contains(PaymentMachine.Next(state, happened), States);
                else
                    Assert.Throws<InvalidOperationException>(() => PaymentMachine.Next(state, happened));
            }
        }
    }
}
