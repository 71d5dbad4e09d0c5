using System.CommandLine;
using Betar.Ethereum;
using Betar.Node.Errors;
using Betar.X402.Schemes.Permit2;

namespace Betar.Node.Cli.Wallets;

/// <summary>
/// <c>betar wallet allow</c>: how much USDC of an account may be taken by permits that it signs. Payments for what was used ("upto") are such permits.
/// </summary>
internal static class WalletAllowCommand
{
    private static readonly Argument<string> Name = WalletArguments.Name();

    private static readonly Argument<string> Amount = new("amount") { Description = "How much USDC in all, such as 5; 0 takes it back", HelpName = "AMOUNT" };

    public static Command Create(CliHost host) => CliCommand.Create(
        "allow", "Let permits that the account signs take so much USDC", host, RunAsync, Name, Amount, WalletChain.NetworkName, WalletChain.Rpc,
        WalletSendCommand.MaxFee, WalletSendCommand.Wait, Confirmation.Yes);

    private static async Task<CliRefusal?> RunAsync(CommandContext context, ParseResult arguments, CancellationToken cancellation)
    {
        var name = arguments.GetRequiredValue(Name);
        var (maxFee, wait) = (arguments.GetValue(WalletSendCommand.MaxFee), arguments.GetValue(WalletSendCommand.Wait));
        if ((WalletArguments.Check(name) ?? WalletSendCommand.CheckBounds(maxFee, wait)) is { } bad)
            return bad;
        if (!WalletArguments.Of(context).Exists(name))
            return WalletArguments.Unknown(context, name);
        var network = WalletChain.Of(context, arguments);
        if (!network.IsOk)
            return network.Refusal;
        using var chain = network.Value;
        if (!CoinAmount.TryParse(arguments.GetRequiredValue(Amount), chain.Network.Decimals, out var amount))
            return ErrorCatalog.BadOptionValue.Refuse("The amount is no number that the chain can count");
        if (await FindMissingAsync(chain, cancellation) is { } missing)
            return missing;
        var opened = WalletArguments.Of(context).Load(name);
        if (!opened.IsOk)
            return opened.Refusal;
        using var key = opened.Value;
        var plan = await new SendPlanner(chain.Client, chain.Network, WalletSendCommand.Fees(maxFee)).PlanAllowanceAsync(Address.FromKey(key), amount, cancellation);
        if (!plan.IsOk)
            return plan.Refusal;
        return await Confirmation.AskAsync(context, arguments.GetValue(Confirmation.Yes), plan.Value.Question, cancellation)
            ?? await WalletSendCommand.SendAsync(context, chain.Client, plan.Value, key, TimeSpan.FromSeconds(wait), cancellation);
    }

    /// <summary>An allowance of a contract that is not there is good for nothing, and for whoever puts one there.</summary>
    private static async Task<CliRefusal?> FindMissingAsync(WalletChain chain, CancellationToken cancellation)
    {
        try
        {
            return (await chain.Client.GetCodeAsync(Permit2Contracts.Permit2, cancellation)).Length == 0
                ? ErrorCatalog.BadNetwork.Refuse($"{chain.Network} has no Permit2, so nothing can be paid by permit there", "pay as before: nothing has to be allowed for that")
                : null;
        }
        catch (ChainUnavailableException fault)
        {
            return ErrorCatalog.ChainUnreachable.Refuse($"{chain.Network}: {fault.Message}");
        }
    }
}
