using System.Text.Json;
using Betar.Node.Control;
using Betar.Storage;
using Betar.Storage.WebSales;
using Betar.X402;

namespace Betar.Node.Composition;

/// <summary>What was sold over HTTP, for the control socket and for commands that find no node running.</summary>
internal static class WebSaleViews
{
    /// <param name="database">The seller's.</param>
    /// <param name="arguments">"limit", and "after" with what "cursor" said.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<ControlAnswer> ListAsync(BetarDatabase database, JsonElement arguments, CancellationToken cancellationToken)
    {
        var query = new WebSaleQuery
        {
            Limit = (int)ControlArguments.Number(arguments, "limit", 1, 1_000, 1_000),
            After = ControlArguments.Number(arguments, "after", 0, long.MaxValue, 0),
        };
        IReadOnlyList<WebSale> sales = await DurableWebSales.ReadAsync(database, query, cancellationToken);
        return ControlAnswer.Json(writer =>
        {
            writer.WriteStartArray();
            foreach (WebSale sale in sales)
                Write(writer, sale);
            writer.WriteEndArray();
        });
    }

    /// <summary>Null when no sale has this payment.</summary>
    public static async Task<ControlAnswer?> ShowAsync(BetarDatabase database, string id, CancellationToken cancellationToken) =>
        PaymentKey.TryParse(id, out PaymentKey key) && await DurableWebSales.ReadAsync(database, new WebSaleQuery { Payment = key }, cancellationToken) is [var sale]
            ? ControlAnswer.Json(writer => Write(writer, sale))
            : null;

    private static void Write(Utf8JsonWriter writer, WebSale sale)
    {
        writer.WriteStartObject();
        writer.WriteString("payment", sale.Sale.Payment.ToString());
        writer.WriteString("at", sale.At.UtcDateTime);
        writer.WriteString("state", sale.State.ToString());
        writer.WriteString("scheme", sale.Sale.Scheme);
        writer.WriteString("agentId", sale.Sale.Sold);
        writer.WriteString("from", sale.Payer.ToString());
        writer.WriteString("payTo", sale.Sale.Payee.ToString());
        writer.WriteString("amount", sale.Sale.Money.Amount.ToString());
        writer.WriteString("charged", sale.Kept?.ToString());
        writer.WriteNumber("inputTokens", sale.Usage.Input);
        writer.WriteNumber("outputTokens", sale.Usage.Output);
        writer.WriteString("model", sale.Usage.Model);
        writer.WriteString("goesBack", sale.GoesBack.ToString());
        writer.WriteString("transaction", sale.Sale.Transaction);
        writer.WriteString("refund", sale.PaidBack);
        writer.WriteNumber("cursor", sale.Id);
        writer.WriteEndObject();
    }
}
