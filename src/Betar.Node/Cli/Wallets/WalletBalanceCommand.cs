using System.CommandLine;
using Betar.Ethereum;
using Betar.Ethereum.Networks;
using Betar.Node.Errors;

namespace Betar.Node.Cli.Wallets;

/// <summary><c>betar wallet balance</c>: the USDC of an account, on the chain of the data folder or on another network.</summary>
internal static class WalletBalanceCommand
{
    private static readonly Argument<string> Account = new("account") { Description = "A wallet's name, or an address", HelpName = "NAME|ADDRESS" };

    public static Command Create(CliHost host) => CliCommand.Create("balance", "Show the USDC of an account", host, RunAsync, Account, WalletChain.NetworkName, WalletChain.Rpc);

    private static async Task<CliRefusal?> RunAsync(CommandContext context, ParseResult arguments, CancellationToken cancellation)
    {
        var account = WalletArguments.AddressOf(context, arguments.GetRequiredValue(Account));
        if (!account.IsOk)
            return account.Refusal;
        var found = WalletChain.Of(context, arguments);
        if (!found.IsOk)
            return found.Refusal;
        using var chain = found.Value;
        var balance = await new Eip3009Token(chain.Client, chain.Network.Usdc).BalanceOfAsync(account.Value, cancellation);
        if (!balance.IsValue)
            return ErrorCatalog.ChainUnreachable.Refuse($"{chain.Network}: {balance.Describe()}");
        Print(context, account.Value, chain.Network, balance.Value);
        return null;
    }

    private static void Print(CommandContext context, Address account, ChainNetwork network, UInt256 balance)
    {
        if (!context.Json)
        {
            context.Out.WriteLine($"{account} {CoinAmount.Format(balance, network.Decimals)} USDC on {network.Caip2}");
            return;
        }

        JsonOutput.WriteLine(context.Out, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("address", account.ToString());
            writer.WriteString("network", network.Caip2);
            writer.WriteString("balanceAtomic", balance.ToString());
            writer.WriteEndObject();
        });
    }
}
