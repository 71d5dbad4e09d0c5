using System.CommandLine;
using System.Text.Json;
using Betar.Node.Cli.Orders;
using Betar.Node.Composition;
using Betar.Node.Sessions;

namespace Betar.Node.Cli.Sessions;

/// <summary><c>betar session list</c>: with whom an agent has exchanged what.</summary>
internal static class SessionListCommand
{
    private static readonly Argument<string> Agent = new("agent") { Description = "The agent's id (its DID), or its name", HelpName = "AGENT" };

    private static readonly Option<string?> After = new("--after") { Description = "Only callers after this one", HelpName = "CALLER" };

    private static readonly Option<int?> Limit = new("--limit") { Description = "At most so many sessions [default: 50]", HelpName = "N" };

    public static Command Create(CliHost host) => NodeCommand.Create("list", "List who had an agent do what", host,
        (context, arguments, cancellation) =>
        {
            void Ask(Utf8JsonWriter writer)
            {
                writer.WriteString("agentId", arguments.GetRequiredValue(Agent));
                if (arguments.GetValue(After) is { } after)
                    writer.WriteString("after", after);
                if (arguments.GetValue(Limit) is { } limit)
                    writer.WriteNumber("limit", limit);
            }

            return OrderQuery.RunAsync(context, "sessions.list", Ask,
                async (database, asked, cancel) => await SessionViews.ListAsync(database.Sessions, (await FleetDeclaring.LoadOffersAsync(database.Agents, cancel)).All, asked, cancel), Print, cancellation);
        },
        Agent, After, Limit);

    private static void Print(CommandContext context, JsonElement answer)
    {
        if (answer.GetArrayLength() == 0)
            context.Out.WriteLine("Nothing was exchanged with this agent.");
        else
            TextTable.Write(context.Out, ["updated", "exchanges", "caller"],
                answer.EnumerateArray().Select(session => new[]
                {
                    session.Text("updatedAt"), session.Text("total"), VisibleText.Of(session.Text("callerId")),
                }));
    }
}
