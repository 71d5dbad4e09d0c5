namespace Betar.Ethereum;

/// <summary>
/// A node behind HTTP. Calls that arrive while requests are under way are joined into one JSON-RPC batch; reads and sends go apart,
/// so that a send that waits for a block never holds a read up. The <see cref="HttpClient"/> stays the caller's, its connections are kept alive.
/// </summary>
public sealed class JsonRpcChainClient : IChainClient
{
    readonly JsonRpcOptions _options;
    readonly RpcLane _reads;
    readonly RpcLane _sends;
    readonly TimeProvider _time;
    volatile bool _sendsAreAsynchronous;

    public JsonRpcChainClient(HttpClient http, Uri endpoint, JsonRpcOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(endpoint);
        _options = options ?? new JsonRpcOptions();
        if (_options.Validate() is { Count: > 0 } faults)
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        _time = time ?? TimeProvider.System;
        var pause = new RpcPause(_options, _time);
        _reads = new RpcLane(http, endpoint, _options, _time, pause);
        _sends = new RpcLane(http, endpoint, _options, _time, pause);
    }

    public Task<ulong> GetChainIdAsync(CancellationToken cancellationToken) =>
        PlainAsync<ulong>("eth_chainId", RpcParameters.None, RpcResults.Quantity, cancellationToken);

    public Task<ulong> GetBlockNumberAsync(CancellationToken cancellationToken) =>
        PlainAsync<ulong>("eth_blockNumber", RpcParameters.None, RpcResults.Quantity, cancellationToken);

    public Task<ulong> GetBlockTimestampAsync(CancellationToken cancellationToken) =>
        PlainAsync<ulong>("eth_getBlockByNumber", RpcParameters.LatestBlock, RpcResults.BlockTimestamp, cancellationToken);

    public Task<RpcOutcome<byte[]>> CallAsync(CallRequest call, CancellationToken cancellationToken) =>
        ReadAsync<byte[]>("eth_call", RpcParameters.Call(call), RpcResults.Data, cancellationToken);

    public Task<RpcOutcome<ulong>> EstimateGasAsync(CallRequest call, CancellationToken cancellationToken) =>
        ReadAsync<ulong>("eth_estimateGas", RpcParameters.Call(call), RpcResults.Quantity, cancellationToken);

    public Task<RpcOutcome<Hash32>> SendRawTransactionAsync(ReadOnlyMemory<byte> raw, CancellationToken cancellationToken) =>
        OutcomeAsync<Hash32>(_sends, "eth_sendRawTransaction", RpcParameters.Raw(raw), RpcResults.Hash, _options.CallTimeout, cancellationToken);

    /// <summary>
    /// Nodes that do not know the method, or know it without the time-out (anvil), refuse the call before they look at the transaction;
    /// to them it is sent plainly and the receipt is asked for until the time is up.
    /// </summary>
    public async Task<RpcOutcome<TransactionReceipt>> SendRawTransactionSyncAsync(
        ReadOnlyMemory<byte> raw, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (_sendsAreAsynchronous)
            return await Polled().SendAsync(raw, timeout, cancellationToken).ConfigureAwait(false);
        var outcome = await OutcomeAsync<TransactionReceipt>(
            _sends,
            "eth_sendRawTransactionSync",
            RpcParameters.Raw(raw, timeout.Ticks / TimeSpan.TicksPerMillisecond),
            RpcResults.Receipt,
            timeout + _options.SyncSendMargin,
            cancellationToken).ConfigureAwait(false);
        if (outcome.Error is not { IsNotUnderstood: true })
            return outcome;

        var polled = await Polled().SendAsync(raw, timeout, cancellationToken).ConfigureAwait(false);
        _sendsAreAsynchronous |= polled.IsValue;
        return polled;
    }

    public Task<TransactionReceipt?> GetReceiptAsync(Hash32 transactionHash, CancellationToken cancellationToken) =>
        PlainAsync<TransactionReceipt?>(
            "eth_getTransactionReceipt", RpcParameters.Hash(transactionHash), RpcResults.OptionalReceipt, cancellationToken);

    public Task<ulong> GetTransactionCountAsync(Address account, BlockTag block, CancellationToken cancellationToken) =>
        PlainAsync<ulong>("eth_getTransactionCount", RpcParameters.AccountAt(account, block), RpcResults.Quantity, cancellationToken);

    public async Task<IReadOnlyList<LogEntry>> GetLogsAsync(LogFilter filter, CancellationToken cancellationToken) =>
        await PlainAsync<IReadOnlyList<LogEntry>?>("eth_getLogs", RpcParameters.Filter(filter), RpcResults.Logs, cancellationToken)
            .ConfigureAwait(false) ?? [];

    public Task<byte[]> GetCodeAsync(Address account, CancellationToken cancellationToken) =>
        PlainAsync<byte[]>("eth_getCode", RpcParameters.AccountAt(account, BlockTag.Latest), RpcResults.Data, cancellationToken);

    public Task<UInt256> GetGasPriceAsync(CancellationToken cancellationToken) =>
        PlainAsync<UInt256>("eth_gasPrice", RpcParameters.None, RpcResults.UInt256, cancellationToken);

    public Task<RpcOutcome<BlockHeader?>> GetHeaderAsync(BlockTag block, CancellationToken cancellationToken) =>
        ReadAsync<BlockHeader?>("eth_getBlockByNumber", RpcParameters.Block(block), RpcBlocks.OptionalHeader, cancellationToken);

    public Task<RpcOutcome<KnownTransaction?>> FindTransactionAsync(Hash32 transactionHash, CancellationToken cancellationToken) =>
        ReadAsync<KnownTransaction?>("eth_getTransactionByHash", RpcParameters.Hash(transactionHash), RpcBlocks.OptionalTransaction, cancellationToken);

    public Task<RpcOutcome<UInt256>> GetBalanceAsync(Address account, CancellationToken cancellationToken) =>
        ReadAsync<UInt256>("eth_getBalance", RpcParameters.AccountAt(account, BlockTag.Latest), RpcResults.UInt256, cancellationToken);

    public Task<RpcOutcome<UInt256>> GetPriorityFeeAsync(CancellationToken cancellationToken) =>
        ReadAsync<UInt256>("eth_maxPriorityFeePerGas", RpcParameters.None, RpcResults.UInt256, cancellationToken);

    public Task<RpcOutcome<IReadOnlyList<LogEntry>>> FindLogsAsync(LogFilter filter, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<LogEntry>>("eth_getLogs", RpcParameters.Filter(filter), RpcResults.Logs!, cancellationToken);

    PolledSend Polled() => new(SendRawTransactionAsync, AskReceiptAsync, _options.ReceiptInterval, _time);

    Task<RpcOutcome<TransactionReceipt?>> AskReceiptAsync(Hash32 transactionHash, CancellationToken cancellationToken) =>
        ReadAsync<TransactionReceipt?>(
            "eth_getTransactionReceipt", RpcParameters.Hash(transactionHash), RpcResults.OptionalReceipt, cancellationToken);

    Task<RpcOutcome<T>> ReadAsync<T>(
        string method, ReadOnlyMemory<byte> parameters, RpcResults.Read<T> read, CancellationToken cancellationToken) =>
        OutcomeAsync(_reads, method, parameters, read, _options.CallTimeout, cancellationToken);

    async Task<T> PlainAsync<T>(
        string method, ReadOnlyMemory<byte> parameters, RpcResults.Read<T> read, CancellationToken cancellationToken)
    {
        var outcome = await ReadAsync(method, parameters, read, cancellationToken).ConfigureAwait(false);
        return outcome.IsValue ? outcome.Value : throw new ChainUnavailableException(outcome.Status, $"{method}: {outcome.Describe()}.");
    }

    static async Task<RpcOutcome<T>> OutcomeAsync<T>(
        RpcLane lane,
        string method,
        ReadOnlyMemory<byte> parameters,
        RpcResults.Read<T> read,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        var answer = await lane.CallAsync(method, parameters, timeout, cancellationToken).ConfigureAwait(false);
        return answer.Status switch
        {
            RpcStatus.Value => RpcResults.TryRead(answer.Result, read, out var value)
                ? RpcOutcome.Value(value)
                : RpcOutcome.InvalidResponse<T>($"the result is not what {method} answers"),
            RpcStatus.Error => RpcOutcome.Error<T>(answer.Error!),
            RpcStatus.TimedOut => RpcOutcome.TimedOut<T>(),
            RpcStatus.InvalidResponse => RpcOutcome.InvalidResponse<T>(answer.Detail ?? ""),
            _ => RpcOutcome.Unreachable<T>(answer.Detail),
        };
    }
}
