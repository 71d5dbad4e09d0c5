using Betar.Ethereum;

namespace Betar.Grains.Settlement;

/// <summary>
/// Brings one call into a block: with another transaction nonce when ours is taken, with a higher fee when no block takes it, and past a
/// transaction from before our start that holds the account up. Used within one grain's turns, so it needs no lock.
/// </summary>
internal sealed class TransferSender(
    IChainClient chain, SettlementAccount account, TransactionNonces nonces, IGasFees fees, SettlementOptions options)
{
    private const ulong PlainGas = 21_000;

    public required Action<ulong, int> NonceTaken { get; init; }

    public required Action<ulong, ulong> Replaced { get; init; }

    public required Action<ulong> StuckReplaced { get; init; }

    /// <returns>The receipt, or why there is none; null when the chain cannot even say which nonce is next.</returns>
    public async Task<RpcOutcome<TransactionReceipt>?> SendAsync(ContractCall call, FeeQuote fee)
    {
        for (int attempt = 1; ; attempt++)
        {
            if (await nonces.TakeAsync() is not { } nonce)
                return null;

            RpcOutcome<TransactionReceipt> sent = await SendHeldAsync(call, nonce, fee, filler: call);
            if (sent.Error is not { IsNonceTooLow: true } || attempt >= options.NonceTries)
                return sent;
            NonceTaken(nonce, attempt);
        }
    }

    /// <summary>
    /// The same for a call that could happen twice: it keeps to one transaction nonce, where it may be outbid and no block can take it again.
    /// </summary>
    /// <returns>With the nonce that it was sent under; null when it was not sent.</returns>
    public async Task<(RpcOutcome<TransactionReceipt>? Sent, ulong? Nonce)> SendOnceAsync(ContractCall call, FeeQuote fee)
    {
        if (await nonces.TakeAsync() is not { } nonce)
            return (null, null);
        return (await SendHeldAsync(call, nonce, fee, filler: null), nonce);
    }

    /// <summary>
    /// The same for a call that carries many orders: it too keeps to one transaction nonce, and a place before it is filled with a transaction
    /// that does nothing.
    /// </summary>
    /// <param name="taken">Is told the nonce before anything is sent.</param>
    public async Task<RpcOutcome<TransactionReceipt>?> SendInPlaceAsync(ContractCall call, FeeQuote fee, Action<ulong> taken)
    {
        if (await nonces.TakeAsync() is not { } nonce)
            return null;
        taken(nonce);
        return await SendHeldAsync(call, nonce, fee, filler: new ContractCall(account.Address, ReadOnlyMemory<byte>.Empty, PlainGas));
    }

    /// <summary>Every nonce that was taken is given account of, whatever happens: one that is not would hold up all that come after.</summary>
    private async Task<RpcOutcome<TransactionReceipt>> SendHeldAsync(ContractCall call, ulong nonce, FeeQuote fee, ContractCall? filler)
    {
        bool arrived = false;
        try
        {
            RpcOutcome<TransactionReceipt> sent = await SendReplacingAsync(call, nonce, fee, filler);
            arrived = sent.IsValue;
            return sent;
        }
        finally
        {
            nonces.Done(nonce, arrived);
        }
    }

    /// <summary>
    /// What waits too long is outbid in its own place. Where the account waits for a nonce before ours that nobody here sent, that place is
    /// filled, and outbid when it was taken. All carry the same call, so it does not matter which of them a block takes.
    /// </summary>
    /// <param name="filler">What fills that place: the call itself, something else that does not count as the call, or null for nothing.</param>
    private async Task<RpcOutcome<TransactionReceipt>> SendReplacingAsync(ContractCall call, ulong nonce, FeeQuote fee, ContractCall? filler)
    {
        RpcOutcome<TransactionReceipt> sent = await SendAsync(call, nonce, fee);
        ulong held = nonce;
        for (int replaced = 0; replaced < options.Replacements && sent.Error is { Code: RpcError.InclusionTimedOut }; replaced++)
        {
            if (await NextAsync() is not { } next || next > nonce || (next < nonce && (filler is null || nonces.IsInFlight(next))))
                break;
            if (next == held && !TryOutbid(ref fee, await fees.QuoteAsync(CancellationToken.None)))
                break;
            held = next;
            if (next < nonce)
                StuckReplaced(next);
            else
                Replaced(nonce, fee.MaxFeePerGas);
            ContractCall placed = next < nonce ? filler! : call;
            RpcOutcome<TransactionReceipt> again = await SendAsync(placed, next, fee);

            // An answer that says nothing of inclusion leaves the first transaction waiting, which is the better news.
            if (ReferenceEquals(placed, call) && (again.IsValue || again.Error is { Code: RpcError.InclusionTimedOut }))
                sent = again;
        }
        return sent;
    }

    private bool TryOutbid(ref FeeQuote fee, FeeOutcome now)
    {
        if (!fees.Replace(fee, now.Quote).TryGetQuote(out FeeQuote? higher))
            return false;
        fee = higher;
        return true;
    }

    private Task<RpcOutcome<TransactionReceipt>> SendAsync(ContractCall call, ulong nonce, FeeQuote fee) =>
        chain.SendRawTransactionSyncAsync(Sign(call, nonce, fee), options.ReceiptTimeout, CancellationToken.None);

    /// <summary>The lowest nonce that no block has taken.</summary>
    private async Task<ulong?> NextAsync()
    {
        try
        {
            return await chain.GetTransactionCountAsync(account.Address, BlockTag.Latest, CancellationToken.None);
        }
        catch (ChainUnavailableException)
        {
            return null;
        }
    }

    private ReadOnlyMemory<byte> Sign(ContractCall call, ulong nonce, FeeQuote fee) => fee.HasBaseFee
        ? call.ToTransaction(account.Network.ChainId, nonce, fee.MaxFeePerGas, fee.MaxPriorityFeePerGas).Sign(account.Key).Raw
        : new LegacyTransaction
        {
            ChainId = account.Network.ChainId, Nonce = nonce, GasPrice = fee.MaxFeePerGas, GasLimit = call.GasLimit, To = call.To, Data = call.Data,
        }.Sign(account.Key).Raw;
}
