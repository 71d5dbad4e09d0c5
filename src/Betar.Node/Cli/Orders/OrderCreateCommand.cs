using System.CommandLine;
using System.Text.Json;

namespace Betar.Node.Cli.Orders;

/// <summary><c>betar order create</c>: agrees on an order with an agent's seller. No money moves by it.</summary>
internal static class OrderCreateCommand
{
    private static readonly Option<string> AgentId = new("--agent-id") { Description = "The agent's id (its DID), or its name", Required = true, HelpName = "ID" };

    private static readonly Option<string?> Price = new("--price") { Description = "In USDC; another than the agent's is refused [default: the agent's]", HelpName = "USDC" };

    public static Command Create(CliHost host) => NodeCommand.Create("create", "Agree on an order with an agent's seller", host,
        (context, arguments, cancellation) =>
        {
            void Ask(Utf8JsonWriter writer)
            {
                writer.WriteString("agentId", arguments.GetRequiredValue(AgentId));
                if (arguments.GetValue(Price) is { } price)
                    writer.WriteString("price", price);
            }

            return NodeQuery.RunAsync(context, "orders.create", Ask, OrderMoveCommand.Print, cancellation);
        },
        AgentId, Price);
}
