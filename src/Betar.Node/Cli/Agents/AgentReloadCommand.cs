using System.CommandLine;

namespace Betar.Node.Cli.Agents;

/// <summary><c>betar agent reload</c>: the running node reads its agents again; those that did not change are not touched.</summary>
internal static class AgentReloadCommand
{
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Only show what would change" };

    public static Command Create(CliHost host) => NodeCommand.Create("reload", "Let the running node read its agents again", host,
        (context, arguments, cancellation) => NodeQuery.RunAsync(context, "agents.reload",
            writer => writer.WriteBoolean("dryRun", arguments.GetValue(DryRun)), FleetChanges.Print, cancellation), DryRun);
}
