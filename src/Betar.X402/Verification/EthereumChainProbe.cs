using Betar.Ethereum;

namespace Betar.X402.Verification;

/// <summary>Puts the questions of verification to one chain.</summary>
public sealed class EthereumChainProbe(IChainClient chain) : IChainProbe
{
    public async ValueTask<ProbeAnswer<bool>> HasCodeAsync(SignedPayment payment, CancellationToken cancellationToken)
    {
        try
        {
            return ProbeAnswer.Of((await chain.GetCodeAsync(payment.Asset.Address, cancellationToken)).Length > 0);
        }
        catch (ChainUnavailableException)
        {
            return ProbeAnswer.Unreachable<bool>();
        }
    }

    public async ValueTask<ProbeAnswer<bool>> SimulateAsync(SignedPayment payment, CancellationToken cancellationToken)
    {
        var outcome = await Token(payment).SimulateTransferAsync(payment.ToTransferAuthorization(), null, cancellationToken);
        return outcome.IsValue ? ProbeAnswer.Of(true) : Failed<byte[], bool>(outcome);
    }

    public async ValueTask<ProbeAnswer<bool>> IsNonceUsedAsync(SignedPayment payment, CancellationToken cancellationToken) =>
        Translate(await Token(payment).AuthorizationStateAsync(payment.Terms.From, payment.Terms.Nonce.Value, cancellationToken));

    public async ValueTask<ProbeAnswer<string>> TokenNameAsync(SignedPayment payment, CancellationToken cancellationToken) =>
        Translate(await Token(payment).NameAsync(cancellationToken));

    public async ValueTask<ProbeAnswer<string>> TokenVersionAsync(SignedPayment payment, CancellationToken cancellationToken) =>
        Translate(await Token(payment).VersionAsync(cancellationToken));

    public async ValueTask<ProbeAnswer<AtomicAmount>> BalanceAsync(SignedPayment payment, CancellationToken cancellationToken)
    {
        var outcome = await Token(payment).BalanceOfAsync(payment.Terms.From, cancellationToken);
        return outcome.TryGetValue(out var units) ? ProbeAnswer.Of(new AtomicAmount(units)) : Failed<UInt256, AtomicAmount>(outcome);
    }

    private Eip3009Token Token(SignedPayment payment) => new(chain, payment.Asset.Address);

    private static ProbeAnswer<T> Translate<T>(RpcOutcome<T> outcome) =>
        outcome.TryGetValue(out var value) ? ProbeAnswer.Of(value) : Failed<T, T>(outcome);

    // A contract without the function gives a revert, or a result that is not the function's. Any other error of the
    // node (a rate limit, say) says nothing about the payment.
    private static ProbeAnswer<T> Failed<TOutcome, T>(RpcOutcome<TOutcome> outcome) => outcome switch
    {
        { Status: RpcStatus.Error, Error.Code: RpcError.ExecutionReverted } => ProbeAnswer.Reverted<T>(),
        { Status: RpcStatus.Error, Error: var error } when error!.Message.Contains("revert", StringComparison.OrdinalIgnoreCase) => ProbeAnswer.Reverted<T>(),
        { Status: RpcStatus.InvalidResponse } => ProbeAnswer.Reverted<T>(),
        _ => ProbeAnswer.Unreachable<T>(),
    };
}
