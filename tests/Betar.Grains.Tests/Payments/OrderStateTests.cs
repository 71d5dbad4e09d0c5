using Betar.Grains.Payments;
using Betar.Grains.Tests.Support;
using Betar.Storage.Ledger;

namespace Betar.Grains.Tests.Payments;

public sealed class OrderStateTests
{
    [Fact]
    public void Nothing_folds_to_nothing() => Assert.Null(OrderState.Fold([]));

    [Fact]
    public void The_order_comes_back_from_its_first_entry_whole()
    {
        OrderState state = OrderState.Fold([Samples.Entry(0, LedgerKind.Reserved)])!;

        Assert.Equal((LedgerKind.Reserved, 1, Samples.Order), (state.Stage, state.NextIndex, state.Order));
        Assert.Equal("", state.Reason);
    }

    [Fact]
    public void A_delivered_order_has_its_transaction_and_its_answer()
    {
        OrderState state = OrderState.Fold(
        [
            Samples.Entry(0, LedgerKind.Reserved),
            Samples.Entry(1, LedgerKind.Settled, "0xabc"),
            Samples.Entry(2, LedgerKind.Delivered, "", OrderState.Encode(new DeliveredBody("the answer, \"quoted\" & ü"))),
        ])!;

        Assert.Equal((LedgerKind.Delivered, 3, "0xabc", "the answer, \"quoted\" & ü", ""),
            (state.Stage, state.NextIndex, state.TransactionHash, state.Output, state.RefundHash));
    }

    [Fact]
    public void A_refunded_order_has_both_transactions_and_its_reason()
    {
        OrderState state = OrderState.Fold(
        [
            Samples.Entry(0, LedgerKind.Reserved),
            Samples.Entry(1, LedgerKind.Settled, "0xabc"),
            Samples.Entry(2, LedgerKind.RefundOwed, "It broke."),
            Samples.Entry(3, LedgerKind.Refunded, "0xdef"),
        ])!;

        Assert.Equal((LedgerKind.Refunded, 4, "0xabc", "It broke.", "0xdef"),
            (state.Stage, state.NextIndex, state.TransactionHash, state.Reason, state.RefundHash));
    }

    [Fact]
    public void A_refused_order_has_its_reason()
    {
        OrderState state = OrderState.Fold([Samples.Entry(0, LedgerKind.Reserved), Samples.Entry(1, LedgerKind.Refused, "no_money")])!;

        Assert.Equal((LedgerKind.Refused, "no_money"), (state.Stage, state.Reason));
        Assert.Equal(("", "", ""), (state.TransactionHash, state.Output, state.RefundHash));
    }

    [Fact]
    public void An_order_without_a_body_is_damage_and_not_an_order() =>
        Assert.Throws<InvalidDataException>(() => OrderState.Fold([Samples.Entry(0, LedgerKind.Reserved, body: "null"u8.ToArray())]));

    [Fact]
    public void Folding_changes_no_earlier_state()
    {
        OrderState reserved = OrderState.Fold([Samples.Entry(0, LedgerKind.Reserved)])!;

        OrderState settled = reserved.Then(Samples.Entry(1, LedgerKind.Settled, "0xabc"));

        Assert.Equal((LedgerKind.Reserved, ""), (reserved.Stage, reserved.TransactionHash));
        Assert.Equal((LedgerKind.Settled, "0xabc"), (settled.Stage, settled.TransactionHash));
    }

    [Fact]
    public void A_summary_says_it_to_people()
    {
        OrderSummary summary = OrderSummary.Of(
        [
            Samples.Entry(0, LedgerKind.Reserved), Samples.Entry(1, LedgerKind.Settled, "0xabc"),
            Samples.Entry(2, LedgerKind.RefundOwed, "It broke."), Samples.Entry(3, LedgerKind.Refunded, "0xdef"),
        ]);
        Assert.Equal((LedgerKind.Refunded, Samples.Order.AgentId, Samples.Order.From, Samples.Order.To, Samples.Order.Value, Samples.Order.Input),
            (summary.State, summary.AgentId, summary.From, summary.To, summary.Amount, summary.Input));
        Assert.Equal(("", "0xabc", "0xdef", "It broke."), (summary.Output, summary.Transaction, summary.Refund, summary.Reason));
        Assert.Throws<ArgumentException>(() => OrderSummary.Of([]));
    }

    [Fact]
    public void An_orders_signature_is_not_in_its_text() =>
        Assert.DoesNotContain(Samples.Order.Signature, Samples.Order.ToString(), StringComparison.Ordinal);
}
