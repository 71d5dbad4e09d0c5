using System.CommandLine;
using System.Text.Json;
using Betar.Node.Composition;

namespace Betar.Node.Cli.Orders;

/// <summary><c>betar order list</c>: what was sold, newest first.</summary>
internal static class OrderListCommand
{
    private static readonly Option<bool> Owed = new("--owed") { Description = "Only those whose money has to go back" };

    public static Command Create(CliHost host) => CliCommand.Create("list", "List the orders", host,
        (context, arguments, cancellation) =>
        {
            var owed = arguments.GetValue(Owed);
            return OrderQuery.RunAsync(context, "orders.list", writer => writer.WriteBoolean("owed", owed),
                (database, _, cancel) => OrderViews.ListAsync(database, owed, cancel), (view, answer) => Print(view, answer, owed), cancellation);
        },
        Owed);

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
}
