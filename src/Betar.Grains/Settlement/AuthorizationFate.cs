using Betar.Ethereum;
using Betar.Grains.Abstractions.Settlement;
using Betar.X402;
using Betar.X402.Settling;

namespace Betar.Grains.Settlement;

/// <summary>
/// Asks the chain what became of an authorisation; sends nothing. What the last blocks say can still be taken back, so an end counts only when
/// enough blocks hold it.
/// </summary>
internal sealed class AuthorizationFate(IChainClient chain, int confirmations)
{
    /// <summary>The reason while a block has it and too few stand on that block.</summary>
    public const string Unconfirmed = "betar_unconfirmed";

    private static readonly SettlementResult s_unused = new() { State = SettlementState.Unused };

    private readonly ChainDepth _depth = new(chain, confirmations);

    public async Task<SettlementResult> FindAsync(Address token, SignedTransferAuthorization authorization)
    {
        try
        {
            RpcOutcome<bool> used = await IsUsedAsync(token, authorization);
            if (!used.IsValue)
                return Pending(used.Describe());
            return used.Value ? await FindUseAsync(token, authorization) : await FindUnusedAsync(token, authorization);
        }
        catch (ChainUnavailableException silence)
        {
            return Pending(silence.Message);
        }
    }

    /// <summary>True when the receipt has the token's event of exactly this transfer under exactly this nonce.</summary>
    public static bool Carries(TransactionReceipt receipt, Address token, SignedTransferAuthorization authorization) =>
        Carries(receipt, token, authorization.From, authorization.To, authorization.Value, authorization.Nonce);

    public static bool Carries(TransactionReceipt receipt, Address token, Address from, Address to, UInt256 value, Hash32 nonce) =>
        new AuthorizationUse(token, from, nonce).Moves(receipt.Logs, new ExpectedTransfer(token, from, to, new AtomicAmount(value)));

    private async Task<SettlementResult> FindUseAsync(Address token, SignedTransferAuthorization authorization)
    {
        IReadOnlyList<LogEntry> uses = await chain.GetLogsAsync(
            AuthorizationEvent.UsedFilter(token, authorization.From, authorization.Nonce, fromBlock: 0), CancellationToken.None);
        if (uses.Count == 0)
            return await FindCancelAsync(token, authorization);

        Hash32 hash = uses[0].TransactionHash;
        TransactionReceipt? receipt = await chain.GetReceiptAsync(hash, CancellationToken.None);
        if (receipt is null)
            return Pending("The receipt of the transfer is not there yet.");
        if (!await _depth.HoldsAsync(receipt.BlockNumber))
            return Pending(Unconfirmed);
        return Carries(receipt, token, authorization)
            ? new SettlementResult { State = SettlementState.Settled, TransactionHash = hash.ToString() }
            : Refused(RevertReasons.NonceUsed);
    }

    /// <summary>
    /// The token says "used or canceled" and shows no use. Only the event of a cancellation is proof that nothing moved; a node
    /// whose logs lag behind its state has neither, and must be asked again.
    /// </summary>
    private async Task<SettlementResult> FindCancelAsync(Address token, SignedTransferAuthorization authorization)
    {
        IReadOnlyList<LogEntry> ends = await chain.GetLogsAsync(
            AuthorizationEvent.CanceledFilter(token, authorization.From, authorization.Nonce, fromBlock: 0), CancellationToken.None);
        if (ends.Count == 0)
            return Pending("The authorization is used, and the transfer is not to be seen yet.");
        return await _depth.HoldsAsync(ends[0].BlockNumber) ? Refused(RevertReasons.NonceUsed) : Pending(Unconfirmed);
    }

    /// <summary>
    /// Whoever has the signature may use it until its window is over by the chain's own clock, whatever the token says of it
    /// before: a payer without money may get some. Until then nothing is final.
    /// </summary>
    private async Task<SettlementResult> FindUnusedAsync(Address token, SignedTransferAuthorization authorization)
    {
        if (await _depth.TimeAsync() >= authorization.ValidBefore)
            return await FindExpiredAsync(token, authorization);

        RpcOutcome<byte[]> simulated = await new Eip3009Token(chain, token).SimulateTransferAsync(
            authorization, sender: null, CancellationToken.None);
        if (simulated.IsValue)
            return s_unused;
        string reason = RevertReasons.Of(simulated.Error?.RevertReason ?? simulated.Error?.Message);
        if (reason == RevertReasons.NonceUsed && await IsUsedAsync(token, authorization) is { IsValue: true, Value: true })
            return await FindUseAsync(token, authorization);
        return reason == RevertReasons.Expired && _depth.IsShallow ? await FindExpiredAsync(token, authorization) : Pending(reason);
    }

    /// <summary>Between the first look and the end of the window it may have been used, so it is looked at again.</summary>
    private async Task<SettlementResult> FindExpiredAsync(Address token, SignedTransferAuthorization authorization)
    {
        RpcOutcome<bool> used = await IsUsedAsync(token, authorization);
        if (!used.IsValue)
            return Pending(used.Describe());
        return used.Value ? await FindUseAsync(token, authorization) : Refused(RevertReasons.Expired);
    }

    private Task<RpcOutcome<bool>> IsUsedAsync(Address token, SignedTransferAuthorization authorization) =>
        new Eip3009Token(chain, token).AuthorizationStateAsync(authorization.From, authorization.Nonce, CancellationToken.None);

    private static SettlementResult Pending(string reason) => new() { State = SettlementState.Pending, Reason = reason };

    private static SettlementResult Refused(string reason) => new() { State = SettlementState.Refused, Reason = reason };
}
