using System.CommandLine;
using System.Text.Json;
using Betar.Node.Control;
using Betar.Node.Errors;
using Betar.Node.Workflows;

namespace Betar.Node.Cli.Workflows;

/// <summary><c>betar workflow create</c>: orders a workflow and waits for its end.</summary>
internal static class WorkflowCreateCommand
{
    private const int LargestFile = 1024 * 1024;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private static readonly Option<string?> Agents = new("--chain") { Description = "Agents that work one after the other: their ids or names, with commas between", HelpName = "A,B,C" };

    private static readonly Option<string?> Input = new("--input") { Description = "What it begins with", HelpName = "TEXT" };

    private static readonly Option<string?> File = new("--file") { Description = "The workflow's definition, YAML or JSON", HelpName = "FILE" };

    private static readonly Option<string?> Budget = new("--budget") { Description = "The most that it may cost, in USDC", HelpName = "USDC" };

    private static readonly Option<string?> Mandate = new("--mandate") { Description = "The mandate that covers what it spends", HelpName = "ID" };

    private static readonly Option<string?> Id = new("--id") { Description = "Names the workflow: ordered again under the same id it is the same one", HelpName = "ID" };

    private static readonly Option<bool> AcceptUnverified = new("--accept-unverified") { Description = "Also buy what sellers themselves have not signed" };

    private static readonly Option<bool> Detach = new("--detach") { Description = "Do not wait for its end" };

    public static Command Create(CliHost host) => NodeCommand.Create(
        "create", "Run agents as a workflow", host, RunAsync, Agents, Input, File, Budget, Mandate, Id, AcceptUnverified, Detach);

    private static async Task<CliRefusal?> RunAsync(CommandContext context, ParseResult arguments, CancellationToken cancellation)
    {
        if (arguments.GetValue(Agents) is null == arguments.GetValue(File) is null)
            return ErrorCatalog.MissingOption.Refuse("A workflow is --chain or --file", "write --chain A,B,C --input TEXT, or --file FILE");
        if (arguments.GetValue(Agents) is not null && arguments.GetValue(Input) is null)
            return ErrorCatalog.MissingOption.Refuse("A chain needs --input", "say what its first agent is told: --input TEXT");
        string? text = null;
        if (arguments.GetValue(File) is { } path)
        {
            Checked<string> read = ReadFile(path);
            if (!read.IsOk)
                return read.Refusal;
            text = read.Value;
        }

        using var client = context.Ask(Deadline);
        Checked<JsonElement> workflow = await client.CallAsync(
            text is null ? WorkflowControl.Create : WorkflowControl.RunFile, writer => WriteOrder(writer, arguments, text), cancellation);
        if (workflow.IsOk && !context.Json)
        {
            context.Out.WriteLine($"Workflow created: {workflow.Value.Text("id")}");
            await context.Out.FlushAsync(cancellation);
        }

        while (workflow.IsOk && !arguments.GetValue(Detach) && !WorkflowPrinter.HasEnded(workflow.Value))
        {
            await Task.Delay(Pause, context.Time, cancellation);
            string id = workflow.Value.Text("id");
            workflow = await client.CallAsync(WorkflowControl.Show, writer => writer.WriteString("id", id), cancellation);
        }

        return workflow.IsOk ? Report(context, workflow.Value) : workflow.Refusal;
    }

    private static CliRefusal? Report(CommandContext context, JsonElement workflow)
    {
        if (context.Json)
            JsonOutput.WriteLine(context.Out, workflow);
        else
            WorkflowPrinter.Print(context, workflow);
        if (workflow.Text("status") is not "failed")
            return null;
        string error = workflow.Text("error");
        ErrorEntry entry = ErrorCatalog.Find(error.Split(':')[0]) ?? ErrorCatalog.ExecutionFailed;
        return entry.Refuse($"Workflow {workflow.Text("id")} failed: {VisibleText.Of(error[(error.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim().TrimEnd('.'))}");
    }

    private static void WriteOrder(Utf8JsonWriter writer, ParseResult arguments, string? text)
    {
        Write(writer, "id", arguments.GetValue(Id));
        Write(writer, "input", arguments.GetValue(Input));
        Write(writer, "budget", arguments.GetValue(Budget));
        Write(writer, "mandate", arguments.GetValue(Mandate));
        Write(writer, "text", text);
        Write(writer, "name", arguments.GetValue(File));
        writer.WriteBoolean("acceptUnverified", arguments.GetValue(AcceptUnverified));
        if (arguments.GetValue(Agents) is not { } agents)
            return;
        writer.WriteStartArray("agentIds");
        foreach (string agent in agents.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            writer.WriteStringValue(agent);
        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
            writer.WriteString(name, value);
    }

    private static Checked<string> ReadFile(string path)
    {
        try
        {
            return new FileInfo(path).Length > LargestFile
                ? ErrorCatalog.BadYaml.Refuse($"{path} is larger than {LargestFile / 1024} KiB")
                : System.IO.File.ReadAllText(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return ErrorCatalog.FileNotReadable.Refuse($"{path} cannot be read ({fault.Message})") with { Cause = fault };
        }
    }
}
