using System.CommandLine;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.Node.Errors;

namespace Betar.Node.Cli.Wallets;

/// <summary><c>betar wallet new</c>: makes an account.</summary>
internal static class WalletNewCommand
{
    private static readonly Argument<string> Name = WalletArguments.Name();

    public static Command Create(CliHost host) => CliCommand.Create("new", "Make an account", host, RunAsync, Name);

    private static Task<CliRefusal?> RunAsync(CommandContext context, ParseResult arguments, CancellationToken cancellation)
    {
        var name = arguments.GetRequiredValue(Name);
        if (WalletArguments.Check(name) is { } bad)
            return Task.FromResult<CliRefusal?>(bad);
        using var key = PrivateKey.Generate();
        var refusal = WalletArguments.Of(context).Add(name, key);
        if (refusal is null)
            WalletPrinter.Print(context, name, Address.FromKey(key));
        return Task.FromResult(refusal);
    }
}
