using System.CommandLine;
using System.Text.Json;
using Betar.Node.Composition;

namespace Betar.Node.Cli.Orders;

/// <summary><c>betar order show</c>: all that is known of one order.</summary>
internal static class OrderShowCommand
{
    private static readonly Argument<string> Id = new("id") { Description = "The payment's key, or its nonce", HelpName = "ID" };

    public static Command Create(CliHost host) => NodeCommand.Create("show", "Show one order with its entries", host,
        (context, arguments, cancellation) =>
        {
            var id = arguments.GetRequiredValue(Id);
            return OrderQuery.RunAsync(context, "orders.show", writer => writer.WriteString("payment", id),
                (database, _, cancel) => OrderViews.ShowAsync(database, id, cancel), Print, cancellation);
        },
        Id);

    // Input, output and reason are strangers' texts.
    private static void Print(CommandContext context, JsonElement order)
    {
        foreach (var name in new[] { "payment", "state", "agentId", "from", "payTo", "scheme", "amount", "charged", "goesBack", "model", "input", "output", "transaction", "refund", "reason" })
        {
            if (order.Text(name) is { Length: > 0 } value)
                context.Out.WriteLine($"{name,-12} {VisibleText.Of(value)}");
        }

        if (!order.TryGetProperty("entries", out var entries))
        {
            context.Out.WriteLine($"{"tokens",-12} {order.Text("inputTokens")} in, {order.Text("outputTokens")} out");
            return;
        }

        foreach (var entry in entries.EnumerateArray())
            context.Out.WriteLine($"  {entry.Text("at")} {entry.Text("state"),-11} {VisibleText.Of(entry.Text("reference"))}");
    }
}
