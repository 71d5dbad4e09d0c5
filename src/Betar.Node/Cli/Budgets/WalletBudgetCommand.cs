using System.CommandLine;
using System.Text.Json;
using Betar.Node.Trading;

namespace Betar.Node.Cli.Budgets;

/// <summary><c>betar wallet budget</c>: what the running node may spend; with an option it is set.</summary>
internal static class WalletBudgetCommand
{
    private static readonly Option<string?> PerTask = new("--per-task") { Description = "The most for one task, in USDC", HelpName = "USDC" };

    private static readonly Option<string?> PerDay = new("--per-day") { Description = "The most within 24 hours, in USDC", HelpName = "USDC" };

    private static readonly Option<string?> PerPeer = new("--per-peer") { Description = "The most to one payee within 24 hours, in USDC", HelpName = "USDC" };

    public static Command Create(CliHost host) => NodeCommand.Create("budget", "Show or set what the running node may spend", host,
        (context, arguments, cancellation) =>
        {
            (string Name, string? Value)[] limits = [("perTask", arguments.GetValue(PerTask)), ("perDay", arguments.GetValue(PerDay)), ("perPeer", arguments.GetValue(PerPeer))];
            bool sets = limits.Any(limit => limit.Value is not null);
            return NodeQuery.RunAsync(
                context, sets ? BudgetControl.Set : BudgetControl.Show,
                writer =>
                {
                    foreach ((string name, string? value) in limits)
                    {
                        if (value is not null)
                            writer.WriteString(name, value);
                    }
                },
                Print, cancellation);
        },
        PerTask, PerDay, PerPeer);

    private static void Print(CommandContext context, JsonElement budget) => TextTable.Write(context.Out, ["wallet", budget.Text("wallet")],
    [
        ["one task", budget.Text("perTask") + " USDC"], ["24 hours", budget.Text("perDay") + " USDC"], ["one payee", budget.Text("perPeer") + " USDC"],
        ["spent", budget.Text("spentToday") + " USDC"], ["set aside", budget.Text("reserved") + " USDC"],
    ]);
}
