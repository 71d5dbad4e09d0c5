using System.Text.Json;
using Betar.Grains.Abstractions.Agents;
using Betar.Node.Control;
using Betar.Node.Errors;
using Betar.Storage.Ledger;

namespace Betar.Node.Orders;

/// <summary>Orders for accounts and spreadsheets: one flat row each, with the moment of every step.</summary>
internal static class OrderExport
{
    /// <summary>The columns, in their order.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    [
        "cursor", "payment", "network", "asset", "agentId", "payer", "amount", "state",
        "orderedAt", "settledAt", "deliveredAt", "refundOwedAt", "refundedAt", "refusedAt", "transaction", "refund", "reason",
    ];

    public static async Task<ControlAnswer> PageAsync(ILedger ledger, IReadOnlyCollection<AgentSpec> agents, JsonElement arguments, CancellationToken cancellationToken)
    {
        Checked<OrderQuery> query = OrderFilter.Of(arguments, agents);
        if (!query.IsOk)
            return ControlAnswer.Refused(query.Refusal);
        List<(long Cursor, IReadOnlyList<LedgerEntry> Steps)> orders = [];
        foreach (OrderLine line in await ledger.PageAsync(query.Value, cancellationToken))
            orders.Add((line.Cursor, await ledger.StepsAsync(line.Last.Payment, cancellationToken)));
        return ControlAnswer.Json(writer =>
        {
            writer.WriteStartArray();
            foreach ((long cursor, IReadOnlyList<LedgerEntry> steps) in orders)
                Write(writer, cursor, steps);
            writer.WriteEndArray();
        });
    }

    private static void Write(Utf8JsonWriter writer, long cursor, IReadOnlyList<LedgerEntry> steps)
    {
        LedgerEntry first = steps[0];
        writer.WriteStartObject();
        writer.WriteNumber("cursor", cursor);
        writer.WriteString("payment", first.Payment.ToString());
        writer.WriteString("network", first.Payment.Network.ToString());
        writer.WriteString("asset", first.Payment.Asset.ToString());
        writer.WriteString("agentId", first.AgentId);
        writer.WriteString("payer", first.Payment.From.ToString());
        writer.WriteString("amount", first.Amount.ToString());
        writer.WriteString("state", steps[^1].Kind.ToString());
        WriteMoment(writer, "orderedAt", steps, LedgerKind.Reserved);
        WriteMoment(writer, "settledAt", steps, LedgerKind.Settled);
        WriteMoment(writer, "deliveredAt", steps, LedgerKind.Delivered);
        WriteMoment(writer, "refundOwedAt", steps, LedgerKind.RefundOwed);
        WriteMoment(writer, "refundedAt", steps, LedgerKind.Refunded);
        WriteMoment(writer, "refusedAt", steps, LedgerKind.Refused);
        writer.WriteString("transaction", ReferenceOf(steps, LedgerKind.Settled));
        writer.WriteString("refund", ReferenceOf(steps, LedgerKind.Refunded));
        writer.WriteString("reason", steps.FirstOrDefault(step => step.Kind is LedgerKind.RefundOwed or LedgerKind.Refused)?.Reference ?? "");
        writer.WriteEndObject();
    }

    private static void WriteMoment(Utf8JsonWriter writer, string name, IReadOnlyList<LedgerEntry> steps, LedgerKind kind)
    {
        if (steps.FirstOrDefault(step => step.Kind == kind) is { } step)
            writer.WriteString(name, step.At.UtcDateTime);
        else
            writer.WriteNull(name);
    }

    private static string ReferenceOf(IReadOnlyList<LedgerEntry> steps, LedgerKind kind) => steps.FirstOrDefault(step => step.Kind == kind)?.Reference ?? "";
}
