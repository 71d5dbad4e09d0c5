using System.CommandLine;
using Betar.Node.Errors;

namespace Betar.Node.Cli.Wallets;

/// <summary><c>betar wallet list</c>: the key files of the folder, unopened.</summary>
internal static class WalletListCommand
{
    public static Command Create(CliHost host) => CliCommand.Create("list", "List the accounts that have a key file", host, RunAsync);

    private static Task<CliRefusal?> RunAsync(CommandContext context, ParseResult arguments, CancellationToken cancellation)
    {
        var wallets = WalletArguments.Of(context).List();
        if (context.Json)
        {
            JsonOutput.WriteLine(context.Out, writer =>
            {
                writer.WriteStartArray();
                foreach (var wallet in wallets)
                    WalletPrinter.Write(writer, wallet.Name, wallet.Address);
                writer.WriteEndArray();
            });
        }
        else
        {
            foreach (var wallet in wallets)
                context.Out.WriteLine($"{wallet.Name,-16} {wallet.Address?.ToString() ?? "a plain key file; its first use encrypts it"}");
        }

        return Task.FromResult<CliRefusal?>(null);
    }
}
