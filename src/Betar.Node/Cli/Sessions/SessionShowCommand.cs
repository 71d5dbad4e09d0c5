using System.CommandLine;
using System.Text.Json;
using Betar.Node.Cli.Orders;
using Betar.Node.Composition;
using Betar.Node.Sessions;

namespace Betar.Node.Cli.Sessions;

/// <summary><c>betar session show</c>: what one caller and one agent exchanged.</summary>
internal static class SessionShowCommand
{
    /// <summary>Characters of a text that a line shows; <c>--json</c> has all of it.</summary>
    private const int Shown = 500;

    private static readonly Argument<string> Agent = new("agent") { Description = "The agent's id (its DID), or its name", HelpName = "AGENT" };

    private static readonly Argument<string> Caller = new("caller") { Description = "The caller, as session list names it", HelpName = "CALLER" };

    private static readonly Option<int?> Limit = new("--limit") { Description = "The newest so many exchanges [default: 100]", HelpName = "N" };

    private static readonly Option<long?> Before = new("--before") { Description = "Only exchanges before this sequence", HelpName = "SEQUENCE" };

    public static Command Create(CliHost host) => NodeCommand.Create("show", "Show what one caller had an agent do", host,
        (context, arguments, cancellation) =>
        {
            void Ask(Utf8JsonWriter writer)
            {
                writer.WriteString("agentId", arguments.GetRequiredValue(Agent));
                writer.WriteString("callerId", arguments.GetRequiredValue(Caller));
                if (arguments.GetValue(Limit) is { } limit)
                    writer.WriteNumber("exchanges", limit);
                if (arguments.GetValue(Before) is { } before)
                    writer.WriteNumber("before", before);
            }

            return OrderQuery.RunAsync(context, "sessions.show", Ask,
                async (database, asked, cancel) => await SessionViews.ShowAsync(database.Sessions, (await FleetDeclaring.LoadOffersAsync(database.Agents, cancel)).All, asked, cancel), Print, cancellation);
        },
        Agent, Caller, Limit, Before);

    // Every text of an exchange is a stranger's.
    private static void Print(CommandContext context, JsonElement session)
    {
        context.Out.WriteLine($"session {session.Text("id")}, {session.Text("total")} exchanges since {session.Text("createdAt")}");
        foreach (JsonElement exchange in session.GetProperty("exchanges").EnumerateArray())
        {
            string paid = exchange.TryGetProperty("payment", out JsonElement payment) ? $", paid {payment.Text("amount")} by {payment.Text("payer")}" : "";
            context.Out.WriteLine($"{exchange.Text("timestamp")} {VisibleText.Of(exchange.Text("requestId"), Shown)}{paid}");
            foreach (string name in (string[])["claimedCaller", "input", "output", "error"])
            {
                if (exchange.Text(name) is { Length: > 0 } text)
                    context.Out.WriteLine($"  {name,-13} {VisibleText.Of(text, Shown)}");
            }
        }
    }
}
