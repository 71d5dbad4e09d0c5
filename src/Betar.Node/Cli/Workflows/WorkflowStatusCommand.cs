using System.CommandLine;
using Betar.Node.Workflows;

namespace Betar.Node.Cli.Workflows;

/// <summary><c>betar workflow status</c>: one workflow as it stands.</summary>
internal static class WorkflowStatusCommand
{
    private static readonly Option<string> Id = new("--id") { Description = "The workflow's id", Required = true, HelpName = "ID" };

    public static Command Create(CliHost host) => NodeCommand.Create("status", "Show a workflow", host,
        (context, arguments, cancellation) => NodeQuery.RunAsync(
            context, WorkflowControl.Show, writer => writer.WriteString("id", arguments.GetRequiredValue(Id)), WorkflowPrinter.Print, cancellation),
        Id);
}
