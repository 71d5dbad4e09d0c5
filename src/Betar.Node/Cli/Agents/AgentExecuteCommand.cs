using System.CommandLine;
using Betar.Node.Trading;

namespace Betar.Node.Cli.Agents;

/// <summary><c>betar agent execute</c>: has an agent do a task: free by one of the running node's own, for its price by anybody else's.</summary>
internal static class AgentExecuteCommand
{
    /// <summary>Longer than any executor's own limit.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(10);

    private static readonly Option<string> AgentId = new("--agent-id") { Description = "The agent's id (its DID), or a name that only one agent has", Required = true, HelpName = "ID" };

    private static readonly Option<string> TaskText = new("--task", "-t", "--input") { Description = "What it shall do", Required = true, HelpName = "TEXT" };

    private static readonly Option<string?> Most = new("--max") { Description = "The most that it may cost, in USDC; otherwise what it lists, within the wallet's budget", HelpName = "PRICE" };

    private static readonly Option<bool> AcceptUnverified = new("--accept-unverified") { Description = "Also buy what the seller itself has not signed" };

    private static readonly Option<string?> Mandate = new("--mandate") { Description = "The mandate that covers the spend", HelpName = "ID" };

    private static readonly Option<string?> PurchaseId = new("--purchase-id") { Description = "Names the purchase: run again with the same one, it is never paid twice", HelpName = "ID" };

    public static Command Create(CliHost host) => NodeCommand.Create("execute", "Run a task on an agent, own or bought", host,
        (context, arguments, cancellation) => NodeQuery.RunAsync(context, TradingControl.Execute,
            writer =>
            {
                writer.WriteString("agentId", arguments.GetRequiredValue(AgentId));
                writer.WriteString("task", arguments.GetRequiredValue(TaskText));
                if (arguments.GetValue(Most) is { } most)
                    writer.WriteString("max", most);
                if (arguments.GetValue(Mandate) is { } mandate)
                    writer.WriteString("mandate", mandate);
                if (arguments.GetValue(PurchaseId) is { } purchase)
                    writer.WriteString("purchaseId", purchase);
                writer.WriteBoolean("acceptUnverified", arguments.GetValue(AcceptUnverified));
            },
            (view, answer) => view.Out.WriteLine(AnswerText.Of(answer.Text("output"))), cancellation, Deadline),
        AgentId, TaskText, Most, AcceptUnverified, Mandate, PurchaseId);
}
