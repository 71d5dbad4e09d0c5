using System.Globalization;
using System.Text.Json;
using Betar.Ethereum;
using Betar.Grains.Abstractions.Agents;
using Betar.Node.Composition;
using Betar.Node.Errors;
using Betar.Storage.Ledger;

namespace Betar.Node.Orders;

/// <summary>Which orders a question is about: "state", "agentId", "payer", "since", "until", "limit" and "after", each where wanted.</summary>
internal static class OrderFilter
{
    /// <param name="arguments">The question.</param>
    /// <param name="agents">The node's, who may be called by their names.</param>
    public static Checked<OrderQuery> Of(JsonElement arguments, IReadOnlyCollection<AgentSpec> agents)
    {
        string state = ControlArguments.TextOr(arguments, "state", ""), payer = ControlArguments.TextOr(arguments, "payer", "");
        string agent = ControlArguments.TextOr(arguments, "agentId", "");
        if (Moment(arguments, "since") is not { } since || Moment(arguments, "until") is not { } until)
            return ErrorCatalog.BadOptionValue.Refuse("\"since\" and \"until\" are moments", "write 2026-01-31, or 2026-01-31T12:00:00Z");
        if (!TryState(state, out LedgerKind? kind))
            return ErrorCatalog.BadOptionValue.Refuse($"{VisibleText.Of(state)} is no state of an order", $"use one of {string.Join(", ", Enum.GetNames<LedgerKind>())}");
        if (!Address.TryParse(payer, out Address from) && payer.Length > 0)
            return ErrorCatalog.BadOptionValue.Refuse($"{VisibleText.Of(payer)} is not an address");
        return new OrderQuery
        {
            State = kind,
            AgentId = agent.Length > 0 ? AgentNames.IdOf(agents, agent) : null,
            Payer = payer.Length > 0 ? from : null,
            Since = since == default ? null : since,
            Until = until == default ? null : until,
            Limit = (int)ControlArguments.Number(arguments, "limit", 1, OrderQuery.MostOrders, OrderQuery.MostOrders),
            After = ControlArguments.Number(arguments, "after", 0, long.MaxValue, 0),
        };
    }

    private static bool TryState(string text, out LedgerKind? kind)
    {
        kind = Enum.GetValues<LedgerKind>().Select(state => (LedgerKind?)state)
            .FirstOrDefault(state => string.Equals(state.ToString(), text, StringComparison.OrdinalIgnoreCase));
        return kind is not null || text.Length == 0;
    }

    /// <returns>The default: none was named. Null: it cannot be read.</returns>
    private static DateTimeOffset? Moment(JsonElement arguments, string name)
    {
        string text = ControlArguments.TextOr(arguments, name, "");
        const DateTimeStyles styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        string[] formats = ["yyyy-MM-dd", "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK"];
        return text.Length == 0 ? default(DateTimeOffset)
            : DateTimeOffset.TryParseExact(text, formats, CultureInfo.InvariantCulture, styles, out DateTimeOffset moment) ? moment : null;
    }
}
