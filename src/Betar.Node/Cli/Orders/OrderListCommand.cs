using System.CommandLine;
using System.Text.Json;
using Betar.Node.Composition;
using Betar.Node.Errors;

namespace Betar.Node.Cli.Orders;

/// <summary><c>betar order list</c>: what was sold, newest first.</summary>
internal static class OrderListCommand
{
    private static readonly Option<bool> Owed = new("--owed") { Description = "Only those whose money has to go back" };

    private static readonly Option<bool> Market = new("--market") { Description = "The orders that were agreed on with betar order create, instead" };

    private static readonly Option<bool> Http = new("--http") { Description = "What was sold over HTTP, instead" };

    public static Command Create(CliHost host) => NodeCommand.Create("list", "List the orders", host,
        (context, arguments, cancellation) =>
        {
            var owed = arguments.GetValue(Owed);
            if (arguments.GetValue(Market))
                return NodeQuery.RunAsync(context, "marketorders.list", null, PrintMarket, cancellation);
            if (arguments.GetValue(Http))
            {
                if (owed || OrderFilterOptions.AnyOf(arguments))
                    return Task.FromResult<CliRefusal?>(ErrorCatalog.BadOptionValue.Refuse("What was sold over HTTP is listed whole", "leave all but --limit out, or leave --http out"));
                return OrderQuery.RunAsync(context, "orders.http", writer => OrderFilterOptions.WriteLimit(writer, arguments),
                    (database, asked, cancel) => WebSaleViews.ListAsync(database, asked, cancel), PrintHttp, cancellation);
            }

            void Ask(Utf8JsonWriter writer)
            {
                writer.WriteBoolean("owed", owed);
                OrderFilterOptions.Write(writer, arguments, OrderFilterOptions.Limit);
            }

            return OrderQuery.RunAsync(context, "orders.list", Ask, async (database, asked, cancel) => await OrderViews.ListAsync(database, (await FleetDeclaring.LoadOffersAsync(database.Agents, cancel)).All, asked, cancel),
                (view, answer) => Print(view, answer, owed), cancellation);
        },
        [Owed, Market, Http, .. OrderFilterOptions.All, OrderFilterOptions.Limit]);

    private static void Print(CommandContext context, JsonElement answer, bool owed)
    {
        if (answer.GetArrayLength() == 0)
            context.Out.WriteLine(owed ? "Nothing is owed." : "Nothing was sold yet.");
        else
            TextTable.Write(context.Out, ["at", "state", "amount", "agent", "payment"],
                answer.EnumerateArray().Select(order => new[]
                {
                    order.Text("at"), order.Text("state"), order.Text("amount"), order.Text("agentId"), order.Text("payment"),
                }));
    }

    private static void PrintHttp(CommandContext context, JsonElement answer)
    {
        if (answer.GetArrayLength() == 0)
            context.Out.WriteLine("Nothing was sold over HTTP yet.");
        else
            TextTable.Write(context.Out, ["at", "state", "scheme", "paid", "charged", "tokens", "agent", "payment"],
                answer.EnumerateArray().Select(sale => new[]
                {
                    sale.Text("at"), sale.Text("state"), sale.Text("scheme"), sale.Text("amount"), sale.Text("charged"), $"{sale.Text("inputTokens")}+{sale.Text("outputTokens")}",
                    sale.Text("agentId"), sale.Text("payment"),
                }));
    }

    private static void PrintMarket(CommandContext context, JsonElement answer)
    {
        if (answer.GetArrayLength() == 0)
            context.Out.WriteLine("No orders were agreed on.");
        else
            TextTable.Write(context.Out, ["order", "status", "price", "agent", "buyer", "seller"],
                answer.EnumerateArray().Select(order => new[]
                {
                    order.Text("orderId"), order.Text("status"), order.Text("price"), order.Text("agentId"), order.Text("buyerId"), order.Text("sellerId"),
                }));
    }
}
