using System.CommandLine;
using System.Text.Json;

namespace Betar.Node.Cli.Agents;

/// <summary><c>betar agent list</c>: the agents that the running node sells.</summary>
internal static class AgentListCommand
{
    public static Command Create(CliHost host) => NodeCommand.Create("list", "List the agents of the running node", host,
        (context, _, cancellation) => NodeQuery.RunAsync(context, "agents.list", null, Print, cancellation));

    private static void Print(CommandContext context, JsonElement answer)
    {
        if (answer.GetArrayLength() == 0)
            context.Out.WriteLine("This node has no agents; declare some in agents.yaml.");
        else
            TextTable.Write(context.Out, ["name", "price", "pay to", "id"],
                answer.EnumerateArray().Select(agent => new[]
                {
                    agent.Text("name"), Price(agent), agent.Text("payTo"), agent.Text("id"),
                }));
    }

    private static string Price(JsonElement agent) => agent.TryGetProperty("tokenPrice", out var tokens)
        ? $"{tokens.Text("text")}, at most {agent.Text("price")} USDC"
        : agent.Text("price") + " USDC";
}
