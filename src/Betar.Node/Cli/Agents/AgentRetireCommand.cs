using System.CommandLine;

namespace Betar.Node.Cli.Agents;

/// <summary><c>betar agent retire</c>: the running node sells an agent no longer; it goes from the file as well.</summary>
internal static class AgentRetireCommand
{
    private static readonly Argument<string> Agent = new("agent") { Description = "Its name or its id", HelpName = "AGENT" };

    public static Command Create(CliHost host) => NodeCommand.Create("retire", "Sell an agent no longer, and take it out of agents.yaml", host,
        (context, arguments, cancellation) => NodeQuery.RunAsync(context, "agents.remove",
            writer => writer.WriteString("agent", arguments.GetRequiredValue(Agent)), FleetChanges.Print, cancellation), Agent);
}
