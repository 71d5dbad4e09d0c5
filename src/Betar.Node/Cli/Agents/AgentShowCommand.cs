using System.CommandLine;
using System.Text.Json;
using Betar.Node.Watching;
using Betar.X402;

namespace Betar.Node.Cli.Agents;

/// <summary><c>betar agent show</c>: one agent, how it does, what it earned, and what it may spend on others.</summary>
internal static class AgentShowCommand
{
    private static readonly Argument<string> Agent = new("agent") { Description = "The agent's name or id", HelpName = "AGENT" };

    public static Command Create(CliHost host) => NodeCommand.Create("show", "Show one agent: its health, its earnings, its budget", host,
        (context, arguments, cancellation) =>
        {
            var agent = arguments.GetRequiredValue(Agent);
            return NodeQuery.RunAsync(context, AgentOverview.Operation, writer => writer.WriteString("agentId", agent), Print, cancellation);
        },
        Agent);

    private static void Print(CommandContext context, JsonElement agent)
    {
        JsonElement health = agent.GetProperty("health"), earnings = agent.GetProperty("earnings"), hiring = agent.GetProperty("hiring");
        Line("name", agent.Text("name"));
        Line("id", agent.Text("id"));
        Line("price", agent.TryGetProperty("tokenPrice", out var tokens) ? $"{tokens.Text("text")}, at most {agent.Text("price")} USDC" : $"{agent.Text("price")} USDC");
        Line("pay to", agent.Text("payTo"));
        Line("executor", agent.Text("executor"));
        Line("tasks", $"{health.Text("running")} running, {health.Text("waiting")} waiting, {health.Text("completed")} completed, {health.Text("failed")} failed"
            + (health.GetProperty("resting").GetBoolean() ? ", resting" : ""));
        if (health.Text("lastError") is { Length: > 0 } error)
            Line("last error", VisibleText.Of(error));
        Line("models", $"{Usdc(health, "modelCost")} spent");
        Line("earned", $"{Usdc(earnings, "total")}: {earnings.Text("orders")} orders, {Usdc(earnings, "earned")}; {earnings.Text("httpSales")} sales over HTTP, {Usdc(earnings, "httpEarned")}");
        Line("paid back", Usdc(earnings, "refunded"));
        Line("may hire", hiring.Text("perDay") == "0" ? "nobody" : $"for {Usdc(hiring, "perTask")} a task, {Usdc(hiring, "perDay")} in 24 hours; {Usdc(hiring, "spentToday")} spent, {Usdc(hiring, "reserved")} set aside");

        void Line(string what, string value) => context.Out.WriteLine($"{what,-10}  {value}");
    }

    private static string Usdc(JsonElement from, string name) => AtomicAmount.Parse(from.Text(name)).ToUsdc() + " USDC";
}
