using Betar.Ethereum;
using Betar.Ethereum.Networks;
using Betar.Node.Errors;
using Betar.X402.Schemes.Permit2;

namespace Betar.Node.Cli.Wallets;

/// <summary>Finds out what a transfer takes, and whether it can succeed, before anything is signed.</summary>
internal sealed class SendPlanner(IChainClient chain, ChainNetwork network, FeeOptions fees)
{
    private const ulong PlainGas = 21_000;
    private const ulong GasForContracts = 100_000;

    public Task<Checked<SendPlan>> PlanAsync(Address from, Address to, UInt256 amount, bool coin, CancellationToken cancellation) =>
        PlanAsync(from, to, amount, coin, allows: false, cancellation);

    /// <summary>For what sellers may take by permit.</summary>
    public Task<Checked<SendPlan>> PlanAllowanceAsync(Address from, UInt256 amount, CancellationToken cancellation) =>
        PlanAsync(from, Permit2Contracts.Permit2, amount, coin: false, allows: true, cancellation);

    private async Task<Checked<SendPlan>> PlanAsync(Address from, Address to, UInt256 amount, bool coin, bool allows, CancellationToken cancellation)
    {
        try
        {
            var verdict = await NetworkCheck.CheckAsync(chain, network, cancellation);
            if (!verdict.Agrees)
                return (verdict.IsRetryable ? ErrorCatalog.ChainUnreachable : ErrorCatalog.ChainWrong).Refuse($"{network}: {verdict.Detail}");
            var fee = await new FeeOracle(chain, fees).QuoteAsync(cancellation);
            if (!fee.TryGetQuote(out var quote))
                return (fee.Status == FeeStatus.TooExpensive ? ErrorCatalog.FeeTooHigh : ErrorCatalog.ChainUnreachable).Refuse($"{network}: {fee.Detail}");
            var gas = !coin ? Eip3009Token.TransferGasLimit : (await chain.GetCodeAsync(to, cancellation)).Length == 0 ? PlainGas : GasForContracts;
            var nonce = await chain.GetTransactionCountAsync(from, BlockTag.Pending, cancellation);
            var plan = new SendPlan(network, from, to, amount, coin, quote, gas, nonce) { Allows = allows };
            return await RefuseUncoveredAsync(plan, cancellation) is { } refusal ? refusal : plan;
        }
        catch (ChainUnavailableException fault)
        {
            return ErrorCatalog.ChainUnreachable.Refuse($"{network}: {fault.Message}");
        }
    }

    private async Task<CliRefusal?> RefuseUncoveredAsync(SendPlan plan, CancellationToken cancellation)
    {
        var coins = await chain.GetBalanceAsync(plan.From, cancellation);
        if (!coins.TryGetValue(out var held))
            return ErrorCatalog.ChainUnreachable.Refuse($"{network}: {coins.Describe()}");
        if (!UInt256.TryAdd(plan.MostFee, plan.Coin ? plan.Amount : UInt256.Zero, out var needed) || held < needed)
            return ErrorCatalog.BalanceTooLow.Refuse(
                $"{plan.From} has {CoinAmount.Format(held, CoinAmount.CoinDecimals)} coin, and with the fee it may take {CoinAmount.Format(needed, CoinAmount.CoinDecimals)}");
        if (plan.Coin)
            return null;
        if (plan.Allows)
            return await SimulateAsync(plan, cancellation);
        var tokens = await new Eip3009Token(chain, network.Usdc).BalanceOfAsync(plan.From, cancellation);
        if (!tokens.TryGetValue(out var balance))
            return ErrorCatalog.ChainUnreachable.Refuse($"{network}: {tokens.Describe()}");
        if (balance < plan.Amount)
            return ErrorCatalog.BalanceTooLow.Refuse($"{plan.From} has {CoinAmount.Format(balance, network.Decimals)} USDC");
        return await SimulateAsync(plan, cancellation);
    }

    // A token that refuses, to a blocked account or while it is paused, costs no gas this way.
    private async Task<CliRefusal?> SimulateAsync(SendPlan plan, CancellationToken cancellation)
    {
        var call = new CallRequest(network.Usdc, plan.TokenCall) { From = plan.From };
        var outcome = await chain.CallAsync(call, cancellation);
        return outcome.IsValue ? null
            : outcome.Error is { IsRevert: true } error ? ErrorCatalog.TransactionFailed.Refuse($"The token refuses: {error.RevertReason ?? error.Message}")
            : ErrorCatalog.ChainUnreachable.Refuse($"{network}: {outcome.Describe()}");
    }
}
