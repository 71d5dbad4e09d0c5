using System.CommandLine;
using Betar.Node.Errors;
using Betar.Node.Folder;
using Betar.Node.Importing;

namespace Betar.Node.Cli.Import;

/// <summary><c>betar import</c>: takes over a data folder of the original, which stays as it is.</summary>
internal static class ImportCommand
{
    private static readonly Option<string> From = new("--from") { Description = "The original's data folder, such as ~/.betar of another machine", Required = true, HelpName = "DIR" };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Only show what would be imported" };
    private static readonly Option<bool> Replace = new("--replace") { Description = "Put aside what is there and is another" };
    private static readonly Option<string?> PasswordFile = new("--password-file") { Description = "Holds the password of an encrypted wallet", HelpName = "FILE" };

    public static Command Create(CliHost host) => CliCommand.Create("import", "Take over a data folder of the original", host, RunAsync, From, DryRun, Replace, PasswordFile);

    private static async Task<CliRefusal?> RunAsync(CommandContext context, ParseResult arguments, CancellationToken cancellation)
    {
        var dryRun = arguments.GetValue(DryRun);
        var plan = new FolderImporter(new DataFolder(arguments.GetRequiredValue(From)), context, arguments.GetValue(Replace), arguments.GetValue(PasswordFile)).Make();
        if (!plan.IsOk)
            return plan.Refusal;
        if (!dryRun)
        {
            var locked = NodeLock.Acquire(context.Data);
            if (!locked.IsOk)
                return locked.Refusal;
            using var held = locked.Value;
            foreach (var item in plan.Value.Items.Where(item => item.Do is not null))
                await item.Do!(cancellation);
        }

        foreach (var warning in plan.Value.Warnings)
            context.Error.WriteLine($"Warning: {warning}");
        Print(context, plan.Value, dryRun);
        return null;
    }

    private static void Print(CommandContext context, ImportPlan plan, bool dryRun)
    {
        if (context.Json)
        {
            JsonOutput.WriteLine(context.Out, writer =>
            {
                writer.WriteStartObject();
                writer.WriteBoolean("dryRun", dryRun);
                writer.WriteStartArray("items");
                foreach (var item in plan.Items)
                {
                    writer.WriteStartObject();
                    writer.WriteString("what", item.What);
                    writer.WriteString("state", item.State);
                    writer.WriteString("detail", item.Detail);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
            });
            return;
        }

        TextTable.Write(context.Out, ["what", "state", "detail"], plan.Items.Select(item => new[] { item.What, item.State, item.Detail }));
        if (dryRun)
            context.Out.WriteLine("Nothing was changed: that is what betar import would do.");
    }
}
