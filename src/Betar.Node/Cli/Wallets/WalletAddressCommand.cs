using System.CommandLine;
using System.Text.Json;
using Betar.Ethereum;
using Betar.Node.Errors;

namespace Betar.Node.Cli.Wallets;

/// <summary><c>betar wallet address</c>: the accounts of the running node and what they are for, or one of the folder's by name.</summary>
internal static class WalletAddressCommand
{
    private static readonly Argument<string?> Name = new("name")
    {
        Description = "A wallet of the data folder [default: all of the running node]", HelpName = "NAME", Arity = ArgumentArity.ZeroOrOne,
    };

    public static Command Create(CliHost host) => NodeCommand.Create("address", "Show the accounts of the running node, or one of the folder's", host, RunAsync, Name);

    private static Task<CliRefusal?> RunAsync(CommandContext context, ParseResult arguments, CancellationToken cancellation) =>
        arguments.GetValue(Name) is { } name
            ? Task.FromResult(context.Node is null ? ShowOne(context, name) : ErrorCatalog.LocalOnly.Refuse("A wallet that is named is one of the data folder"))
            : NodeQuery.RunAsync(context, "wallet", null, Print, cancellation);

    private static CliRefusal? ShowOne(CommandContext context, string name)
    {
        if (WalletArguments.Check(name) is { } bad)
            return bad;
        var wallets = WalletArguments.Of(context);
        if (wallets.List().FirstOrDefault(wallet => wallet.Name == name) is not { } found)
            return WalletArguments.Unknown(context, name);
        if (found.Address is { } address)
        {
            WalletPrinter.Print(context, name, address);
            return null;
        }

        var key = wallets.Load(name);
        if (!key.IsOk)
            return key.Refusal;
        using (key.Value)
            WalletPrinter.Print(context, name, Address.FromKey(key.Value));
        return null;
    }

    private static void Print(CommandContext context, JsonElement answer)
    {
        foreach (var account in answer.EnumerateObject().Where(account => account.Value.ValueKind == JsonValueKind.String))
            context.Out.WriteLine($"{account.Name,-16} {account.Value.GetString()}");
    }
}
