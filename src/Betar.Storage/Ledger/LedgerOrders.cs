using Betar.X402;

namespace Betar.Storage.Ledger;

/// <summary>
/// The ledger's entries as orders. A page is read by the indexes alone: every order has one entry "reserved", and one that has ended has one of
/// its end; what is open stands in a table of its own.
/// </summary>
public static class LedgerOrders
{
    public static async Task<IReadOnlyList<OrderLine>> PageAsync(this ILedger ledger, OrderQuery query, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, OrderQuery.MostOrders);
        if (query.State is LedgerKind.Reserved or LedgerKind.Settled or LedgerKind.RefundOwed)
            return await OpenAsync(ledger, query, cancellationToken).ConfigureAwait(false);

        var lines = new List<OrderLine>();
        await foreach (LedgerEntry entry in ledger.QueryAsync(EntriesOf(query), cancellationToken).ConfigureAwait(false))
            lines.Add(new OrderLine(entry.Sequence, query.State is null ? await LastAsync(ledger, entry.Payment, cancellationToken).ConfigureAwait(false) ?? entry : entry));
        return lines;
    }

    /// <summary>All entries of an order, without their bodies.</summary>
    public static async Task<IReadOnlyList<LedgerEntry>> StepsAsync(this ILedger ledger, PaymentKey payment, CancellationToken cancellationToken)
    {
        var entries = new List<LedgerEntry>();
        await foreach (LedgerEntry entry in ledger.QueryAsync(new LedgerQuery { Payment = payment, WithoutBodies = true }, cancellationToken).ConfigureAwait(false))
            entries.Add(entry);
        return entries;
    }

    private static LedgerQuery EntriesOf(OrderQuery query) => new()
    {
        Kind = query.State ?? LedgerKind.Reserved,
        AgentId = query.AgentId,
        Payer = query.Payer,
        Since = query.Since,
        Until = query.Until,
        After = query.After,
        Limit = query.Limit,
        NewestFirst = true,
        WithoutBodies = true,
    };

    private static async Task<IReadOnlyList<OrderLine>> OpenAsync(ILedger ledger, OrderQuery query, CancellationToken cancellationToken)
    {
        var lines = new List<OrderLine>();
        foreach (PaymentKey key in await ledger.OpenOrdersAsync(cancellationToken).ConfigureAwait(false))
        {
            if ((query.Payer is null || query.Payer == key.From)
                && await LastAsync(ledger, key, cancellationToken).ConfigureAwait(false) is { } last && Fits(query, last))
                lines.Add(new OrderLine(last.Sequence, last));
        }

        return [.. lines.OrderByDescending(line => line.Cursor).Take(query.Limit)];
    }

    private static bool Fits(OrderQuery query, LedgerEntry last) =>
        last.Kind == query.State
        && (query.AgentId is null || query.AgentId == last.AgentId)
        && (query.Since is not { } since || last.At >= since)
        && (query.Until is not { } until || last.At < until)
        && (query.After == 0 || last.Sequence < query.After);

    private static async Task<LedgerEntry?> LastAsync(ILedger ledger, PaymentKey payment, CancellationToken cancellationToken)
    {
        var last = new LedgerQuery { Payment = payment, NewestFirst = true, Limit = 1, WithoutBodies = true };
        await foreach (LedgerEntry entry in ledger.QueryAsync(last, cancellationToken).ConfigureAwait(false))
            return entry;
        return null;
    }
}
