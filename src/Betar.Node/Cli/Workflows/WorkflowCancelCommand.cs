using System.CommandLine;
using Betar.Node.Workflows;

namespace Betar.Node.Cli.Workflows;

/// <summary><c>betar workflow cancel</c>: no further step begins, and nothing more is signed.</summary>
internal static class WorkflowCancelCommand
{
    private static readonly Option<string> Id = new("--id") { Description = "The workflow's id", Required = true, HelpName = "ID" };

    public static Command Create(CliHost host) => NodeCommand.Create("cancel", "Stop a workflow", host,
        (context, arguments, cancellation) => NodeQuery.RunAsync(
            context, WorkflowControl.Cancel, writer => writer.WriteString("id", arguments.GetRequiredValue(Id)),
            (view, answer) => view.Out.WriteLine($"Workflow canceled: {VisibleText.Of(answer.Text("id"))}"), cancellation),
        Id);
}
