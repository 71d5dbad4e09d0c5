using System.Text.Json;
using Betar.Ethereum;
using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Payments;
using Betar.Node.Control;
using Betar.Node.Errors;
using Betar.Node.Orders;
using Betar.Storage;
using Betar.Storage.Ledger;
using Betar.Storage.PaidRequests;
using Betar.X402;
using Betar.X402.Selling;

namespace Betar.Node.Composition;

/// <summary>What a ledger says of its orders, for the control socket and for commands that find no node running.</summary>
internal static class OrderViews
{
    /// <param name="database">The seller's. What was sold over HTTP stands beside its ledger, and is listed while it is owed.</param>
    /// <param name="agents">The node's, who may be called by their names.</param>
    /// <param name="arguments">"owed" for those whose money has to go back, and what <see cref="OrderFilter"/> reads.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<ControlAnswer> ListAsync(BetarDatabase database, IReadOnlyCollection<AgentSpec> agents, JsonElement arguments, CancellationToken cancellationToken)
    {
        Checked<OrderQuery> asked = OrderFilter.Of(arguments, agents);
        if (!asked.IsOk)
            return ControlAnswer.Refused(asked.Refusal);
        OrderQuery query = ControlArguments.Flag(arguments, "owed") ? asked.Value with { State = LedgerKind.RefundOwed } : asked.Value;
        IReadOnlyList<OrderLine> lines = await database.Ledger.PageAsync(query, cancellationToken);
        IReadOnlyList<OwedPayment> debts = query is { After: 0, Payer: null, State: null or LedgerKind.RefundOwed }
            ? [.. (await DurableOwedWork.ReadAsync(database, cancellationToken)).Where(debt => query.AgentId is null || debt.Resource == query.AgentId).Take(query.Limit)]
            : [];
        return ControlAnswer.Json(writer =>
        {
            writer.WriteStartArray();
            foreach (OrderLine line in lines)
            {
                writer.WriteStartObject();
                WriteEntry(writer, line.Last);
                writer.WriteString("amount", line.Last.Amount.ToString());
                writer.WriteString("agentId", line.Last.AgentId);
                writer.WriteString("payment", line.Last.Payment.ToString());
                writer.WriteString("payer", line.Last.Payment.From.ToString());
                writer.WriteNumber("cursor", line.Cursor);
                writer.WriteEndObject();
            }

            foreach (OwedPayment debt in debts)
                WriteDebt(writer, debt);
            writer.WriteEndArray();
        });
    }

    /// <summary>An order of the ledger, or what was sold over HTTP, which is found by its payment's key.</summary>
    public static async Task<ControlAnswer> ShowAsync(BetarDatabase database, string id, CancellationToken cancellationToken) =>
        await WebSaleViews.ShowAsync(database, id, cancellationToken) ?? await ShowAsync(database.Ledger, id, cancellationToken);

    /// <param name="ledger">The seller's.</param>
    /// <param name="id">A payment's key, or its nonce.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<ControlAnswer> ShowAsync(ILedger ledger, string id, CancellationToken cancellationToken)
    {
        LedgerQuery? query = PaymentKey.TryParse(id, out PaymentKey key) ? new LedgerQuery { Payment = key }
            : Hash32.TryParse(id, out Hash32 nonce) ? new LedgerQuery { Nonce = new Nonce(nonce) } : null;
        List<LedgerEntry> entries = [];
        if (query is not null)
            await foreach (LedgerEntry entry in ledger.QueryAsync(query, cancellationToken))
                entries.Add(entry);
        if (entries.Count == 0)
            return ControlAnswer.Refused(ErrorCatalog.UnknownOrder.Refuse($"There is no order {id}"));
        if (entries.Select(entry => entry.Payment).Distinct().Count() > 1)
            return ControlAnswer.Refused(ErrorCatalog.UnknownOrder.Refuse($"Several orders have the nonce {id}", "name one by its whole key"));
        return ControlAnswer.Json(writer => WriteOrder(writer, entries));
    }

    /// <summary>The last entries of the orders whose money has to go back.</summary>
    public static async Task<IReadOnlyList<LedgerEntry>> OwedAsync(ILedger ledger, CancellationToken cancellationToken)
    {
        List<LedgerEntry> owed = [];
        foreach (PaymentKey key in await ledger.OpenOrdersAsync(cancellationToken))
            if (await ledger.ReadAsync(key, cancellationToken) is [.., { Kind: LedgerKind.RefundOwed } last])
                owed.Add(last);
        return owed;
    }

    /// <summary>What is owed of one token.</summary>
    public static AtomicAmount Sum(IReadOnlyList<LedgerEntry> owed, LedgerAssetTotals asset)
    {
        AtomicAmount debt = default;
        foreach (LedgerEntry entry in owed.Where(entry => entry.Payment.Network == asset.Network && entry.Payment.Asset == asset.Asset))
            debt += entry.Amount;
        return debt;
    }

    private static void WriteOrder(Utf8JsonWriter writer, List<LedgerEntry> entries)
    {
        OrderSummary order = OrderSummary.Of(entries);
        writer.WriteStartObject();
        writer.WriteString("payment", entries[0].Payment.ToString());
        writer.WriteString("state", order.State.ToString());
        writer.WriteString("agentId", order.AgentId);
        writer.WriteString("from", order.From);
        writer.WriteString("payTo", order.To);
        writer.WriteString("amount", order.Amount);
        writer.WriteString("requestId", order.RequestId);
        writer.WriteString("peer", order.Peer);
        writer.WriteString("caller", order.Caller);
        writer.WriteString("quotedUntil", order.QuotedUntil.UtcDateTime);
        writer.WriteString("input", order.Input);
        writer.WriteString("output", order.Output);
        writer.WriteString("transaction", order.Transaction);
        writer.WriteString("refund", order.Refund);
        writer.WriteString("reason", order.Reason);
        writer.WriteStartArray("entries");
        foreach (LedgerEntry entry in entries)
        {
            writer.WriteStartObject();
            WriteEntry(writer, entry);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>In the words of an order of the ledger; whom it was sold by is its path.</summary>
    private static void WriteDebt(Utf8JsonWriter writer, OwedPayment debt)
    {
        writer.WriteStartObject();
        writer.WriteString("at", debt.Since);
        writer.WriteString("state", nameof(LedgerKind.RefundOwed));
        writer.WriteString("reference", debt.Settlement.Transaction);
        writer.WriteString("amount", debt.Settlement.Amount);
        writer.WriteString("agentId", debt.Resource);
        writer.WriteString("payment", debt.Payment.ToString());
        writer.WriteEndObject();
    }

    private static void WriteEntry(Utf8JsonWriter writer, LedgerEntry entry)
    {
        writer.WriteString("at", entry.At);
        writer.WriteString("state", entry.Kind.ToString());
        writer.WriteString("reference", entry.Reference);
    }
}
