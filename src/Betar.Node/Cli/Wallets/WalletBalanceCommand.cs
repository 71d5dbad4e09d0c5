using System.CommandLine;
using System.Text.Json;
using Betar.Ethereum;
using Betar.Ethereum.Networks;
using Betar.Node.Errors;
using Betar.Node.Http.Operations;

namespace Betar.Node.Cli.Wallets;

/// <summary><c>betar wallet balance</c>: what the running node's wallet has, or the USDC of an account, on the chain of the data folder or on another network.</summary>
internal static class WalletBalanceCommand
{
    private static readonly Argument<string?> Account = new("account")
    {
        Description = "A wallet's name, or an address [default: the running node's wallet]", HelpName = "NAME|ADDRESS", Arity = ArgumentArity.ZeroOrOne,
    };

    public static Command Create(CliHost host) => NodeCommand.Create("balance", "Show what the running node's wallet has, or the USDC of an account", host, RunAsync, Account, WalletChain.NetworkName, WalletChain.Rpc);

    private static async Task<CliRefusal?> RunAsync(CommandContext context, ParseResult arguments, CancellationToken cancellation)
    {
        if (arguments.GetValue(Account) is not { } named)
            return await NodeQuery.RunAsync(context, StatusOperations.Balance, null, PrintNode, cancellation);
        if (context.Node is not null)
            return ErrorCatalog.LocalOnly.Refuse("The balance of an account that is named is read from the chain, not asked of a node");
        var account = WalletArguments.AddressOf(context, named);
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

    private static void PrintNode(CommandContext context, JsonElement answer) =>
        context.Out.WriteLine($"{answer.Text("address")} {answer.Text("usdcBalance")} USDC, {answer.Text("balance")} ETH");

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
