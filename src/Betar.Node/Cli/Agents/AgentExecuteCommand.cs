using System.CommandLine;

namespace Betar.Node.Cli.Agents;

/// <summary><c>betar agent execute</c>: lets an agent of the running node do a task, as its owner, without payment.</summary>
internal static class AgentExecuteCommand
{
    /// <summary>Longer than any executor's own limit.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(10);

    private static readonly Option<string> AgentId = new("--agent-id") { Description = "The agent's id (its DID)", Required = true, HelpName = "ID" };

    private static readonly Option<string> TaskText = new("--task", "-t") { Description = "What it shall do", Required = true, HelpName = "TEXT" };

    public static Command Create(CliHost host) => CliCommand.Create("execute", "Run a task on an agent of the running node", host,
        (context, arguments, cancellation) => NodeQuery.RunAsync(context, "agents.execute",
            writer =>
            {
                writer.WriteString("agentId", arguments.GetRequiredValue(AgentId));
                writer.WriteString("task", arguments.GetRequiredValue(TaskText));
            },
            (view, answer) => view.Out.WriteLine(answer.Text("output")), cancellation, Deadline),
        AgentId, TaskText);
}
