using Betar.Ethereum;
using Betar.Grains.Abstractions.Settlement;
using Betar.X402.Settling;

namespace Betar.Grains.Settlement;

/// <summary>A facilitator's way onto the chain: the same settlers that sessions use, so that an account has one keeper of its nonces.</summary>
public sealed class SettlerChannel(IGrainFactory grains, SettlementAccounts accounts) : ISettlementChannel
{
    /// <summary>The chain is asked first: whoever asked before may have been heard.</summary>
    public Task<SettlementOutcome> SettleAsync(SettlementRequest request, CancellationToken cancellationToken) => AskAsync(request, async (settler, order) =>
    {
        SettlementResult known = await settler.Reconcile(order);
        return known.State == SettlementState.Unused ? await settler.Settle(order) : known;
    }, cancellationToken);

    public Task<SettlementOutcome> LookUpAsync(SettlementRequest request, CancellationToken cancellationToken) =>
        AskAsync(request, (settler, order) => settler.Reconcile(order), cancellationToken);

    /// <summary>Who does not want to wait any longer leaves; what was begun goes on.</summary>
    private async Task<SettlementOutcome> AskAsync(
        SettlementRequest request, Func<ISettlerGrain, TransferOrder, Task<SettlementResult>> ask, CancellationToken cancellationToken)
    {
        if (request.Authorization is not { } authorization)
            return SettlementOutcome.Refused("only authorizations of the token itself are settled here");
        if (request.Key.Network != accounts.Network)
            return SettlementOutcome.Refused($"payments on {accounts.Network} are settled here");
        TransferOrder order = Authorizations.Of(request.Key.Asset, authorization);
        ISettlerGrain settler = grains.GetGrain<ISettlerGrain>(accounts.For(request.Key.ToString()).GrainKey);
        try
        {
            return OutcomeOf(await ask(settler, order).WaitAsync(cancellationToken));
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

    private static SettlementOutcome OutcomeOf(SettlementResult result) => result.State switch
    {
        SettlementState.Settled => SettlementOutcome.Settled(Hash32.Parse(result.TransactionHash)),
        SettlementState.Refused when result.Reason == RevertReasons.NonceUsed => new SettlementOutcome(SettlementStatus.Used) { Detail = result.Reason },
        SettlementState.Refused => SettlementOutcome.Refused(result.Reason),
        SettlementState.Unused => new SettlementOutcome(SettlementStatus.Unused),
        _ => SettlementOutcome.Pending(detail: result.Reason),
    };
}
