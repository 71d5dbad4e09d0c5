using System.CommandLine;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.Node.Errors;

namespace Betar.Node.Cli.Wallets;

/// <summary><c>betar wallet send</c>: moves USDC, or the chain's own coin, out of an account of the folder. Asks before it signs.</summary>
internal static class WalletSendCommand
{
    private const ulong Gwei = 1_000_000_000;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private static readonly Argument<string> Name = WalletArguments.Name();

    private static readonly Argument<string> To = new("to") { Description = "Who gets it: an address, or another wallet's name", HelpName = "ADDRESS|NAME" };

    private static readonly Argument<string> Amount = new("amount") { Description = "How much, such as 1.5", HelpName = "AMOUNT" };

    private static readonly Option<bool> Coin = new("--native") { Description = "Send the chain's own coin instead of USDC" };

    internal static readonly Option<int> MaxFee = new("--max-fee")
    {
        Description = "The most that gas may cost, in gwei", HelpName = "GWEI", DefaultValueFactory = _ => 200,
    };

    internal static readonly Option<int> Wait = new("--wait")
    {
        Description = "Seconds to wait for its confirmation", HelpName = "S", DefaultValueFactory = _ => 120,
    };

    public static Command Create(CliHost host) => CliCommand.Create(
        "send", "Send USDC, or the chain's own coin", host, RunAsync, Name, To, Amount, Coin, WalletChain.NetworkName, WalletChain.Rpc, MaxFee, Wait, Confirmation.Yes);

    private static async Task<CliRefusal?> RunAsync(CommandContext context, ParseResult arguments, CancellationToken cancellation)
    {
        string name = arguments.GetRequiredValue(Name), text = arguments.GetRequiredValue(Amount);
        var coin = arguments.GetValue(Coin);
        var (maxFee, wait) = (arguments.GetValue(MaxFee), arguments.GetValue(Wait));
        if (WalletArguments.Check(name) is { } bad)
            return bad;
        if (CheckBounds(maxFee, wait) is { } beyond)
            return beyond;
        var target = WalletArguments.AddressOf(context, arguments.GetRequiredValue(To));
        if (!target.IsOk)
            return target.Refusal;
        if (!WalletArguments.Of(context).Exists(name))
            return WalletArguments.Unknown(context, name);
        var network = WalletChain.Of(context, arguments);
        if (!network.IsOk)
            return network.Refusal;
        using var chain = network.Value;
        if (!CoinAmount.TryParse(text, coin ? CoinAmount.CoinDecimals : chain.Network.Decimals, out var amount) || amount.IsZero)
            return ErrorCatalog.BadOptionValue.Refuse("The amount is no number above zero that the chain can count");
        var opened = WalletArguments.Of(context).Load(name);
        if (!opened.IsOk)
            return opened.Refusal;
        using var key = opened.Value;
        var plan = await new SendPlanner(chain.Client, chain.Network, Fees(maxFee)).PlanAsync(Address.FromKey(key), target.Value, amount, coin, cancellation);
        if (!plan.IsOk)
            return plan.Refusal;
        return await Confirmation.AskAsync(context, arguments.GetValue(Confirmation.Yes), plan.Value.Question, cancellation)
            ?? await SendAsync(context, chain.Client, plan.Value, key, TimeSpan.FromSeconds(wait), cancellation);
    }

    internal static CliRefusal? CheckBounds(int maxFee, int wait) => maxFee is < 0 or > 1_000_000 || wait is < 0 or > 3_600
        ? ErrorCatalog.BadOptionValue.Refuse("--max-fee is 0 to 1000000 gwei and --wait is 0 to 3600 s")
        : null;

    internal static FeeOptions Fees(int maxFee) =>
        new() { MaxFeePerGas = (ulong)maxFee * Gwei, MaxPriorityFeePerGas = Math.Min(new FeeOptions().MaxPriorityFeePerGas, (ulong)maxFee * Gwei) };

    internal static async Task<CliRefusal?> SendAsync(
        CommandContext context, IChainClient chain, SendPlan plan, PrivateKey key, TimeSpan wait, CancellationToken cancellation)
    {
        var (raw, hash) = plan.Sign(key);
        var sent = await chain.SendRawTransactionAsync(raw, cancellation);
        if (sent.Error is { IsAlreadyKnown: false } error)
            return ErrorCatalog.TransactionFailed.Refuse($"{plan.Network} does not take the transaction: {error.Message}");
        var options = new ReceiptWatchOptions { Confirmations = plan.Network.Confirmations, Interval = Interval, Timeout = wait };
        var watch = new ReceiptWatch(chain, new WatchedTransaction(hash, plan.From, plan.Nonce), options, context.Time);
        var last = await watch.FollowAsync(null, cancellation);
        if (last is { State: ReceiptState.Confirmed, Receipt: { } receipt })
            return SendPrinter.Print(context, plan, receipt, last.Confirmations);
        return last.State == ReceiptState.Replaced
            ? ErrorCatalog.TransactionFailed.Refuse($"Another transaction took the place of {hash}")
            : ErrorCatalog.TransactionPending.Refuse($"The transaction {hash} is on its way to {plan.Network} and not confirmed");
    }
}
