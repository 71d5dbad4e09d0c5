using System.CommandLine;
using System.Text.Json;

namespace Betar.Node.Cli.Orders;

/// <summary><c>betar order list</c>: what was sold, newest first.</summary>
internal static class OrderListCommand
{
    public static Command Create(CliHost host) => CliCommand.Create("list", "List the orders of the running node", host,
        (context, _, cancellation) => NodeQuery.RunAsync(context, "orders.list", null, Print, cancellation));

    private static void Print(CommandContext context, JsonElement answer)
    {
        if (answer.GetArrayLength() == 0)
            context.Out.WriteLine("Nothing was sold yet.");
        else
            TextTable.Write(context.Out, ["at", "state", "amount", "agent", "payment"],
                answer.EnumerateArray().Select(order => new[]
                {
                    order.Text("at"), order.Text("state"), order.Text("amount"), order.Text("agentId"), order.Text("payment"),
                }));
    }
}
