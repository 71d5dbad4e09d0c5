using Betar.Ethereum;

namespace Betar.Grains.Settlement.Batches;

/// <summary>
/// Sends in one transaction what waits for the account at the same moment: what comes while a transaction is on its way waits for its end, and
/// then goes with all others that came. Used within one grain's turns, so it needs no lock.
/// </summary>
internal sealed class TransferBatches(IChainClient chain, TransferSender sender, BatchMemory memory, SettlementOptions options, TimeProvider time)
{
    private TransferBatch? _open;
    private Task<RpcOutcome<TransactionReceipt>?>? _openSent;
    private ulong _mostGas = options.MaxBatchGas;
    private bool _knowsBlock;
    private Task _onTheWay = Task.CompletedTask;

    /// <summary>
    /// A payer with code could spend its neighbours' gas while its signature is checked, and what found no end in a batch may be why it found
    /// none: both go alone.
    /// </summary>
    public async Task<bool> MayShareAsync(IChainOrder order)
    {
        if (options.MaxBatch == 1 || order.PlainPayer is not { } payer || memory.Knows(order.Name))
            return false;
        try
        {
            await LearnBlockAsync();
            return (await chain.GetCodeAsync(payer, CancellationToken.None)).Length == 0;
        }
        catch (ChainUnavailableException)
        {
            return false;
        }
    }

    /// <returns>The transaction's receipt, which says nothing of this one transfer by its status; null when nothing was sent.</returns>
    public Task<RpcOutcome<TransactionReceipt>?> SendAsync(IChainOrder order, FeeQuote fee)
    {
        if (_open is { } open && _openSent is { } sent && !open.Full.IsCompleted && open.TryAdd(order))
            return sent;

        var batch = new TransferBatch(options.MaxBatch, _mostGas);
        batch.TryAdd(order);
        _open = batch;
        _openSent = null;
        Task<RpcOutcome<TransactionReceipt>?> begun = RunAsync(batch, fee);
        if (_open == batch)
            _openSent = begun;
        return begun;
    }

    /// <summary>No transaction is greater than a block. That changes so slowly that it is asked for once.</summary>
    private async Task LearnBlockAsync()
    {
        if (_knowsBlock || await chain.GetHeaderAsync(BlockTag.Latest, CancellationToken.None) is not { IsValue: true, Value: { } newest })
            return;
        _knowsBlock = true;
        if (newest.GasLimit is { } limit && limit < _mostGas)
            _mostGas = (ulong)limit;
    }

    private async Task<RpcOutcome<TransactionReceipt>?> RunAsync(TransferBatch batch, FeeQuote fee)
    {
        if (!_onTheWay.IsCompleted)
        {
            using var over = new CancellationTokenSource();
            await Task.WhenAny(batch.Full, _onTheWay, Task.Delay(options.BatchWait, time, over.Token));
            await over.CancelAsync();
        }
        if (_open == batch)
            (_open, _openSent) = (null, null);

        Task<RpcOutcome<TransactionReceipt>?> sending = batch.Orders.Count == 1 ? sender.SendAsync(batch.Orders[0].Call, fee) : SendTogetherAsync(batch, fee);
        _onTheWay = sending;
        return await sending;
    }

    private Task<RpcOutcome<TransactionReceipt>?> SendTogetherAsync(TransferBatch batch, FeeQuote fee)
    {
        SettlementInstruments.BatchSent(batch.Orders.Count);
        ContractCall call = Multicall3.Together(options.Multicall, [.. batch.Orders.Select(order => order.Call)]);
        return sender.SendInPlaceAsync(call, fee, nonce => memory.Sent(batch.Orders, nonce));
    }
}
