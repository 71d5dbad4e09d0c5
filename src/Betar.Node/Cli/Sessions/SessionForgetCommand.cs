using System.CommandLine;

namespace Betar.Node.Cli.Sessions;

/// <summary><c>betar session forget</c>: lets an agent forget a caller. The session log, which is the books, stays.</summary>
internal static class SessionForgetCommand
{
    private static readonly Argument<string> Agent = new("agent") { Description = "The agent's id (its DID), or its name", HelpName = "AGENT" };

    private static readonly Argument<string> Caller = new("caller") { Description = "The payer's address, or the peer's id of a free agent's caller", HelpName = "CALLER" };

    public static Command Create(CliHost host) => NodeCommand.Create("forget", "Let an agent forget what it remembers of a caller", host,
        (context, arguments, cancellation) => NodeQuery.RunAsync(context, "conversations.forget",
            writer =>
            {
                writer.WriteString("agentId", arguments.GetRequiredValue(Agent));
                writer.WriteString("caller", arguments.GetRequiredValue(Caller));
            },
            (view, answer) => view.Out.WriteLine(
                answer.GetProperty("forgotten").GetBoolean() ? "The agent has forgotten this caller." : "The agent remembered nothing of this caller."),
            cancellation),
        Agent, Caller);
}
