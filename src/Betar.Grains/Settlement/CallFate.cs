using Betar.Ethereum;
using Betar.Grains.Abstractions.Settlement;
using Betar.X402.Settling;

namespace Betar.Grains.Settlement;

/// <summary>
/// Asks the chain what became of a call; sends nothing. As with authorisations, an end counts only when enough blocks hold it, and nothing is
/// over as long as somebody who has the signature could still bring it.
/// </summary>
internal sealed class CallFate(IChainClient chain, Address sender, int confirmations)
{
    private static readonly SettlementResult s_unused = new() { State = SettlementState.Unused };

    private readonly ChainDepth _depth = new(chain, confirmations);
    private readonly SettlementReader _reader = new(chain);

    public async Task<SettlementResult> FindAsync(SettlementRequest request)
    {
        try
        {
            SettlementOutcome known = await ReadAsync(request);
            return known.Status switch
            {
                SettlementStatus.Unused => await FindUnusedAsync(request),
                SettlementStatus.Pending when request.Permit is not null => await FindGivenUpAsync(request, known),
                _ => await FindEndAsync(known),
            };
        }
        catch (ChainUnavailableException silence)
        {
            return Pending(silence.Message);
        }
    }

    private async Task<SettlementOutcome> ReadAsync(SettlementRequest request) => request.IsGuarded
        ? await _reader.OfAuthorizationAsync(request, CancellationToken.None)
        : await _reader.OfCallAsync(request, CancellationToken.None) ?? new SettlementOutcome(SettlementStatus.Unused);

    private async Task<SettlementResult> FindEndAsync(SettlementOutcome known)
    {
        if (known.Status is not (SettlementStatus.Settled or SettlementStatus.Used))
            return Pending(known.Detail ?? RevertReasons.Default);
        if (known.Block is { } block && !await _depth.HoldsAsync(block))
            return Pending(AuthorizationFate.Unconfirmed);
        return known is { Status: SettlementStatus.Settled, Transaction: { } hash }
            ? new SettlementResult { State = SettlementState.Settled, TransactionHash = hash.ToString() }
            : Refused(RevertReasons.NonceUsed);
    }

    /// <summary>A permit's nonce says nothing of what it was used for. When its time is over and our call is still not to be seen, it was not for this.</summary>
    private async Task<SettlementResult> FindGivenUpAsync(SettlementRequest request, SettlementOutcome known)
    {
        if (known.Transaction is not null || await _depth.TimeAsync() is not { } now || now < request.ValidBefore)
            return Pending(known.Detail ?? RevertReasons.Default);
        RpcOutcome<bool> used = await request.Permit!.IsUsedAsync(chain, CancellationToken.None);
        return used is { IsValue: true, Value: true } ? Refused(RevertReasons.NonceUsed) : Pending(known.Detail ?? RevertReasons.Default);
    }

    private async Task<SettlementResult> FindUnusedAsync(SettlementRequest request)
    {
        if (await _depth.TimeAsync() >= request.ValidBefore)
        {
            // Between the first look and the end of its time it may have been used, so it is looked at again.
            SettlementOutcome again = await ReadAsync(request);
            return again.Status == SettlementStatus.Unused ? Refused(RevertReasons.Expired) : await FindEndAsync(again);
        }

        RpcOutcome<byte[]> simulated = await chain.CallAsync(request.Call.ToCallRequest(sender), CancellationToken.None);
        if (simulated.IsValue)
            return s_unused;
        string why = simulated.Error?.RevertReason ?? simulated.Describe();
        return simulated.Status == RpcStatus.Error && request is { Use: null, Permit: null } ? Refused(why) : Pending(why);
    }

    private static SettlementResult Pending(string reason) => new() { State = SettlementState.Pending, Reason = reason };

    private static SettlementResult Refused(string reason) => new() { State = SettlementState.Refused, Reason = reason };
}
