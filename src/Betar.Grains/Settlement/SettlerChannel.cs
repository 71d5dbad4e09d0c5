using Betar.Ethereum;
using Betar.Grains.Abstractions.Settlement;
using Betar.X402.Settling;

namespace Betar.Grains.Settlement;

/// <summary>A facilitator's way onto the chain: the same settlers that sessions use, so that an account has one keeper of its nonces.</summary>
public sealed class SettlerChannel(IGrainFactory grains, SettlementAccounts accounts) : ISettlementChannel
{
    /// <summary>The chain is asked first: whoever asked before may have been heard.</summary>
    public Task<SettlementOutcome> SettleAsync(SettlementRequest request, CancellationToken cancellationToken) => request.Authorization is { } authorization
        ? AskAsync(request, settler => TransferAsync(settler, Authorizations.Of(request.Key.Asset, authorization)), cancellationToken)
        : AskAsync(request, settler => settler.SettleCall(CallOrders.Of(request)), cancellationToken);

    public Task<SettlementOutcome> LookUpAsync(SettlementRequest request, CancellationToken cancellationToken) => request.Authorization is { } authorization
        ? AskAsync(request, settler => settler.Reconcile(Authorizations.Of(request.Key.Asset, authorization)), cancellationToken)
        : AskAsync(request, settler => settler.ReconcileCall(CallOrders.Of(request)), cancellationToken);

    private static async Task<SettlementResult> TransferAsync(ISettlerGrain settler, TransferOrder order)
    {
        SettlementResult known = await settler.Reconcile(order);
        return known.State == SettlementState.Unused ? await settler.Settle(order) : known;
    }

    /// <summary>Who does not want to wait any longer leaves; what was begun goes on.</summary>
    private async Task<SettlementOutcome> AskAsync(
        SettlementRequest request, Func<ISettlerGrain, Task<SettlementResult>> ask, CancellationToken cancellationToken)
    {
        if (request.Key.Network != accounts.Network)
            return SettlementOutcome.Refused($"payments on {accounts.Network} are settled here");
        if (request is { Transfer: null, Event: null, MayRepeat: false })
            return SettlementOutcome.Refused("nothing would prove it");
        if (AccountFor(request) is not { } account)
            return SettlementOutcome.Refused("only an account that is not ours may send it");
        ISettlerGrain settler = grains.GetGrain<ISettlerGrain>(account.GrainKey);
        try
        {
            return OutcomeOf(await ask(settler).WaitAsync(cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return SettlementOutcome.Pending(detail: "the chain has not answered in time");
        }
        catch (Exception lost) when (lost is OrleansException or TimeoutException)
        {
            // The settler's silo is gone or too slow: what it sent is found by whoever asks again.
            return SettlementOutcome.Pending(detail: "the settler did not answer");
        }
    }

    private SettlementAccount? AccountFor(SettlementRequest request) =>
        request.Sender is { } sender ? accounts.Find(sender) : accounts.For(request.Key.ToString());

    private static SettlementOutcome OutcomeOf(SettlementResult result) => result.State switch
    {
        SettlementState.Settled => SettlementOutcome.Settled(Hash32.Parse(result.TransactionHash)),
        SettlementState.Refused when result.Reason == RevertReasons.NonceUsed => new SettlementOutcome(SettlementStatus.Used) { Detail = result.Reason },
        SettlementState.Refused => SettlementOutcome.Refused(result.Reason),
        SettlementState.Unused => new SettlementOutcome(SettlementStatus.Unused),
        _ => SettlementOutcome.Pending(detail: result.Reason),
    };
}
