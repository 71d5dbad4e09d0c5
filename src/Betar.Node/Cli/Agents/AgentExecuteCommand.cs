using System.CommandLine;
using System.Text.Json;
using Betar.Node.Errors;
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

    private static readonly Option<bool> AcceptKeep = new("--accept-keep") { Description = "Also buy from a seller that says it keeps the payment when its work fails" };

    private static readonly Option<string?> Mandate = new("--mandate") { Description = "The mandate that covers the spend", HelpName = "ID" };

    private static readonly Option<string?> PurchaseId = new("--purchase-id") { Description = "Names the purchase: run again with the same one, it is never paid twice", HelpName = "ID" };

    private static readonly Option<bool> Stream = new("--stream") { Description = "Print pieces of the answer as they come; with --json a line {\"partial\":…} for each, and the answer last" };

    public static Command Create(CliHost host) => NodeCommand.Create("execute", "Run a task on an agent, own or bought", host, RunAsync,
        AgentId, TaskText, Most, AcceptUnverified, AcceptKeep, Mandate, PurchaseId, Stream);

    private static Task<CliRefusal?> RunAsync(CommandContext context, ParseResult arguments, CancellationToken cancellation) =>
        arguments.GetValue(Stream)
            ? StreamAsync(context, arguments, cancellation)
            : NodeQuery.RunAsync(context, TradingControl.Execute, writer => Ask(writer, arguments),
                (view, answer) => view.Out.WriteLine(AnswerText.Of(answer.Text("output"))), cancellation, Deadline);

    private static async Task<CliRefusal?> StreamAsync(CommandContext context, ParseResult arguments, CancellationToken cancellation)
    {
        using var client = context.Ask(Deadline);
        var output = new StreamedOutput(context);
        var answer = await client.StreamAsync(TradingControl.Execute, writer => Ask(writer, arguments), output.Take, cancellation);
        if (!answer.IsOk)
        {
            output.Fail();
            return answer.Refusal;
        }

        output.End(answer.Value);
        return null;
    }

    private static void Ask(Utf8JsonWriter writer, ParseResult arguments)
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
        if (arguments.GetValue(AcceptKeep))
            writer.WriteBoolean("acceptKeep", true);
    }
}
