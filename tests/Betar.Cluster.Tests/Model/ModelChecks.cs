using Betar.Storage.Ledger;

namespace Betar.Cluster.Tests.Model;

/// <summary>What must hold after each step, and what at the end.</summary>
internal sealed class ModelChecks(ModelWorld world, IReadOnlyList<ModelPayment> payments)
{
    public async Task HoldAsync(ModelBooks before)
    {
        ModelBooks expected = before;
        foreach (ModelPayment payment in payments)
        {
            IReadOnlyList<LedgerEntry> entries = await world.Ledger.ReadAsync(payment.Key, default);
            payment.Kind = entries.Count == 0 ? null : entries[^1].Kind;
            expected = Add(expected, payment);
            CheckAgainstChain(payment);
            CheckStarts(payment);
        }
        Assert.Equal(expected, await ModelBooks.ReadAsync(world));
    }

    public async Task EndAsync(ModelBooks before)
    {
        await HoldAsync(before);
        foreach (ModelPayment payment in payments.Where(payment => payment.Kind is not null))
        {
            Assert.Equal((payment.Id, payment.Expected(OnChain(payment))), (payment.Id, payment.Kind!.Value));
            Assert.NotNull(payment.End);
        }
        Assert.Equal(before.Held, (await ModelBooks.ReadAsync(world)).Held);
    }

    /// <summary>The plain model's own sums: each payment's value stands where its last entry says.</summary>
    private static ModelBooks Add(ModelBooks books, ModelPayment payment) => payment.Kind switch
    {
        LedgerKind.Settled or LedgerKind.RefundOwed => books with { In = books.In + payment.Value, Held = books.Held + payment.Value },
        LedgerKind.Delivered => books with { In = books.In + payment.Value, Delivered = books.Delivered + payment.Value },
        LedgerKind.Refunded => books with { In = books.In + payment.Value, Refunded = books.Refunded + payment.Value },
        _ => books,
    };

    /// <summary>Nothing is settled that the chain does not hold, nothing refused that it holds, and what goes back goes once and to the payer.</summary>
    private void CheckAgainstChain(ModelPayment payment)
    {
        ModelTransfer? paid = OnChain(payment);
        bool ours = paid is not null && paid.To == world.PayTo && paid.Value == payment.Value;
        if (payment.Kind is LedgerKind.Settled or LedgerKind.Delivered or LedgerKind.RefundOwed or LedgerKind.Refunded)
            Assert.True(ours, $"{payment.Kind} without the money: {payment.Id}");
        if (payment.Kind == LedgerKind.Refused)
            Assert.False(ours, $"refused and paid: {payment.Id}");

        bool refunded = world.Chain.State.Ended.TryGetValue((world.Refunds.Address, payment.RefundNonce), out var back);
        if (payment.Kind == LedgerKind.Refunded)
            Assert.True(refunded, $"refunded in the ledger only: {payment.Id}");
        if (refunded)
        {
            Assert.True(payment.Kind is LedgerKind.RefundOwed or LedgerKind.Refunded, $"{payment.Kind} and paid back: {payment.Id}");
            Assert.Equal((payment.Key.From, payment.Value), (back.Transfer!.To, back.Transfer.Value));
        }
    }

    /// <summary>No work before the money; at most one start, or one more for each call that died where the work may be repeated.</summary>
    private void CheckStarts(ModelPayment payment)
    {
        int starts = world.Starts.GetValueOrDefault(payment.Order.Input);
        Assert.True(starts <= (payment.MayRepeat ? 1 + payment.Interruptions : 1), $"{starts} starts: {payment.Id}");
        if (starts > 0)
            Assert.True(payment.Kind is not (null or LedgerKind.Reserved or LedgerKind.Refused), $"work for {payment.Kind}: {payment.Id}");
        if (payment.Kind == LedgerKind.Delivered)
            Assert.NotEqual(0, starts);
    }

    private ModelTransfer? OnChain(ModelPayment payment) =>
        world.Chain.State.Ended.TryGetValue((payment.Key.From, payment.Key.Nonce.Value), out var end) ? end.Transfer : null;
}
