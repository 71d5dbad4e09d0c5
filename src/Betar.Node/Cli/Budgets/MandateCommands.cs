using System.CommandLine;
using System.Text.Json;
using Betar.Node.Trading;

namespace Betar.Node.Cli.Budgets;

/// <summary><c>betar wallet mandate grant|revoke|list</c>: permissions to spend up to a sum until a moment.</summary>
internal static class MandateCommands
{
    private static readonly Option<string> Limit = new("--limit") { Description = "The most that may be spent under it, in USDC", Required = true, HelpName = "USDC" };

    private static readonly Option<int> Hours = new("--hours") { Description = "How long it is good for", HelpName = "N", DefaultValueFactory = _ => 24 };

    private static readonly Option<string?> NewId = new("--id") { Description = "Its id [default: a random one]", HelpName = "ID" };

    private static readonly Option<string> Id = new("--id") { Description = "The mandate's id", Required = true, HelpName = "ID" };

    public static Command Create(CliHost host)
    {
        var noun = new Command("mandate", "Permissions to spend from the wallet");
        noun.Subcommands.Add(NodeCommand.Create("grant", "Grant a permission to spend", host,
            (context, arguments, cancellation) => NodeQuery.RunAsync(
                context, BudgetControl.Grant,
                writer =>
                {
                    writer.WriteString("limit", arguments.GetRequiredValue(Limit));
                    writer.WriteNumber("hours", arguments.GetValue(Hours));
                    if (arguments.GetValue(NewId) is { } id)
                        writer.WriteString("id", id);
                },
                (view, mandate) => view.Out.WriteLine($"Mandate {VisibleText.Of(mandate.Text("id"))}: {mandate.Text("limit")} USDC until {mandate.Text("expires")}"), cancellation),
            Limit, Hours, NewId));
        noun.Subcommands.Add(NodeCommand.Create("revoke", "Take a permission back", host,
            (context, arguments, cancellation) => NodeQuery.RunAsync(
                context, BudgetControl.Revoke, writer => writer.WriteString("id", arguments.GetRequiredValue(Id)), Print, cancellation),
            Id));
        noun.Subcommands.Add(NodeCommand.Create("list", "List the permissions", host,
            (context, _, cancellation) => NodeQuery.RunAsync(context, BudgetControl.List, null, Print, cancellation)));
        return noun;
    }

    private static void Print(CommandContext context, JsonElement mandates)
    {
        if (mandates.GetArrayLength() == 0)
            context.Out.WriteLine("No mandates.");
        else
            TextTable.Write(context.Out, ["id", "limit", "spent", "expires", "revoked"], mandates.EnumerateArray().Select(mandate => new[]
            {
                VisibleText.Of(mandate.Text("id")), mandate.Text("limit") + " USDC", mandate.Text("spent") + " USDC", mandate.Text("expires"),
                mandate.Text("revoked") is "True" or "true" ? "yes" : "no",
            }));
    }
}
