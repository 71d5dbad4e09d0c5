using System.CommandLine;
using System.Text.Json;

namespace Betar.Node.Cli.Wallets;

/// <summary><c>betar wallet address</c>: the accounts of the running node, and what they are for.</summary>
internal static class WalletAddressCommand
{
    public static Command Create(CliHost host) => CliCommand.Create("address", "Show the accounts of the running node", host,
        (context, _, cancellation) => NodeQuery.RunAsync(context, "wallet", null, Print, cancellation));

    private static void Print(CommandContext context, JsonElement answer)
    {
        foreach (var account in answer.EnumerateObject().Where(account => account.Value.ValueKind == JsonValueKind.String))
            context.Out.WriteLine($"{account.Name,-16} {account.Value.GetString()}");
    }
}
