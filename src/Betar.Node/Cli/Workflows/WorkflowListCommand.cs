using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Betar.Node.Workflows;

namespace Betar.Node.Cli.Workflows;

/// <summary><c>betar workflow list</c>: the newest first.</summary>
internal static class WorkflowListCommand
{
    private static readonly Option<int> Limit = new("--limit") { Description = "At most so many", HelpName = "N", DefaultValueFactory = _ => 50 };

    private static readonly Option<string?> Before = new("--before") { Description = "Only those older than this workflow", HelpName = "ID" };

    public static Command Create(CliHost host) => NodeCommand.Create("list", "List the workflows", host,
        (context, arguments, cancellation) => NodeQuery.RunAsync(
            context, WorkflowControl.List,
            writer =>
            {
                writer.WriteNumber("limit", arguments.GetValue(Limit));
                if (arguments.GetValue(Before) is { } before)
                    writer.WriteString("before", before);
            },
            Print, cancellation),
        Limit, Before);

    private static void Print(CommandContext context, JsonElement answer)
    {
        if (answer.GetArrayLength() == 0)
        {
            context.Out.WriteLine("No workflows.");
            return;
        }

        TextTable.Write(context.Out, ["id", "status", "steps", "cost", "created"], answer.EnumerateArray().Select(workflow => new[]
        {
            VisibleText.Of(workflow.Text("id")), workflow.Text("status"), workflow.GetProperty("steps").GetArrayLength().ToString(CultureInfo.InvariantCulture),
            workflow.Text("totalCost") + " USDC", workflow.Text("createdAt"),
        }));
    }
}
