using System.CommandLine;
using System.Text.Json;

namespace Betar.Node.Cli.Orders;

/// <summary><c>betar order accept|complete|cancel</c>: moves an order that was agreed on, and tells its other side.</summary>
internal static class OrderMoveCommand
{
    private static readonly Argument<string> Id = new("id") { Description = "The order's id", HelpName = "ID" };

    public static Command Create(CliHost host, string verb, string description) => NodeCommand.Create(verb, description, host,
        (context, arguments, cancellation) => NodeQuery.RunAsync(
            context, $"marketorders.{verb}", writer => writer.WriteString("orderId", arguments.GetRequiredValue(Id)), Print, cancellation),
        Id);

    public static void Print(CommandContext context, JsonElement order) => context.Out.WriteLine(
        $"Order {order.Text("orderId")} is {order.Text("status")}: {VisibleText.Of(order.Text("agentId"))} of {VisibleText.Of(order.Text("sellerId"))} for {order.Text("price")} USDC.");
}
