using System.CommandLine;
using Betar.Ethereum;
using Betar.Node.Devnet;
using Betar.Node.Errors;
using Betar.X402;

namespace Betar.Node.Cli.Wallets;

/// <summary><c>betar wallet balance</c>: the USDC of an account on the devnet of the data folder.</summary>
internal static class WalletBalanceCommand
{
    private static readonly Argument<string> Account = new("account") { Description = "A wallet's name, or an address", HelpName = "NAME|ADDRESS" };

    public static Command Create(CliHost host) => CliCommand.Create("balance", "Show the USDC of an account on the folder's devnet", host, RunAsync, Account);

    private static async Task<CliRefusal?> RunAsync(CommandContext context, ParseResult arguments, CancellationToken cancellation)
    {
        var name = arguments.GetRequiredValue(Account);
        if (!Address.TryParse(name, out var account))
        {
            if (WalletArguments.Check(name) is { } bad)
                return bad;
            if (WalletArguments.Of(context).List().FirstOrDefault(wallet => wallet.Name == name)?.Address is not { } address)
                return WalletArguments.Unknown(context, name);
            account = address;
        }

        if (DevnetInfo.Read(context.Data) is not { } devnet)
            return ErrorCatalog.ChainUnreachable.Refuse($"No devnet runs for {context.Data.Root}", "start it with betar up or betar chain devnet");
        using var http = new HttpClient();
        var token = new Eip3009Token(new JsonRpcChainClient(http, devnet.Url, null, context.Time), devnet.Token);
        var balance = await token.BalanceOfAsync(account, cancellation);
        if (!balance.IsValue)
            return ErrorCatalog.ChainUnreachable.Refuse($"The devnet at {devnet.Url} does not answer: {balance.Describe()}");
        Print(context, account, devnet.ChainId, balance.Value);
        return null;
    }

    private static void Print(CommandContext context, Address account, ulong chain, UInt256 balance)
    {
        if (!context.Json)
        {
            context.Out.WriteLine($"{account} {new AtomicAmount(balance).ToUsdc()} USDC on eip155:{chain}");
            return;
        }

        JsonOutput.WriteLine(context.Out, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("address", account.ToString());
            writer.WriteString("network", $"eip155:{chain}");
            writer.WriteString("balanceAtomic", balance.ToString());
            writer.WriteEndObject();
        });
    }
}
