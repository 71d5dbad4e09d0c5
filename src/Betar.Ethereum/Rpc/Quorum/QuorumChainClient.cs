namespace Betar.Ethereum;

/// <summary>
/// Several nodes as one. What money depends on is believed when enough of them say the same about the same block; what they merely count is taken
/// as high as enough of them have got; transactions go to all. A node that fails, lies or asks for a pause is left alone and reported.
/// </summary>
public sealed class QuorumChainClient : IChainClient
{
    public const int MaxEndpoints = 16;

    readonly IReadOnlyList<EndpointCircuit> _circuits;
    readonly QuorumOptions _options;
    readonly QuorumRound _round;
    readonly TimeProvider _time;

    /// <param name="report">Called on any thread; must not throw.</param>
    public QuorumChainClient(
        IReadOnlyList<QuorumEndpoint> endpoints, QuorumOptions? options = null, TimeProvider? time = null, Action<EndpointEvent>? report = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        _options = options ?? new QuorumOptions();
        _time = time ?? TimeProvider.System;
        if (_options.Validate(endpoints.Count) is { Count: > 0 } faults)
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        _circuits = [.. endpoints.Select(endpoint => new EndpointCircuit(endpoint, _options, _time, report))];
        _round = new QuorumRound(_circuits, _options, _time);
    }

    /// <summary>Names of the nodes that are left alone at the moment.</summary>
    public IReadOnlyList<string> LeftAlone => [.. _circuits.Where(circuit => circuit.IsOpen).Select(circuit => circuit.Name)];

    public async Task<ulong> GetChainIdAsync(CancellationToken cancellationToken) =>
        Plain(await _round.AgreeAsync("eth_chainId", Wrap((client, token) => client.GetChainIdAsync(token)), AnswerKey.OfNumber, cancellationToken)
            .ConfigureAwait(false));

    public async Task<ulong> GetBlockNumberAsync(CancellationToken cancellationToken) =>
        Plain(await HeightAsync(cancellationToken).ConfigureAwait(false));

    public async Task<ulong> GetBlockTimestampAsync(CancellationToken cancellationToken) =>
        Plain(await GetHeaderAsync(BlockTag.Latest, cancellationToken).ConfigureAwait(false))?.Timestamp
        ?? throw new ChainUnavailableException(RpcStatus.NoAgreement, "The nodes do not have their own latest block.");

    public async Task<RpcOutcome<byte[]>> CallAsync(CallRequest call, CancellationToken cancellationToken)
    {
        var pinned = await PinAsync(call.Block, cancellationToken).ConfigureAwait(false);
        if (!pinned.TryGetValue(out var block))
            return pinned.As<byte[]>();
        call = call with { Block = block };
        return await _round.AgreeAsync("eth_call", (client, token) => client.CallAsync(call, token), AnswerKey.OfBytes, cancellationToken).ConfigureAwait(false);
    }

    public Task<RpcOutcome<ulong>> EstimateGasAsync(CallRequest call, CancellationToken cancellationToken) =>
        ReachedAsync("eth_estimateGas", (client, token) => client.EstimateGasAsync(call, token), cancellationToken);

    public Task<RpcOutcome<Hash32>> SendRawTransactionAsync(ReadOnlyMemory<byte> raw, CancellationToken cancellationToken) =>
        _round.SendAsync(raw, cancellationToken);

    public Task<RpcOutcome<TransactionReceipt>> SendRawTransactionSyncAsync(ReadOnlyMemory<byte> raw, TimeSpan timeout, CancellationToken cancellationToken) =>
        new PolledSend(SendRawTransactionAsync, AskReceiptAsync, _options.ReceiptInterval, _time).SendAsync(raw, timeout, cancellationToken);

    public async Task<TransactionReceipt?> GetReceiptAsync(Hash32 transactionHash, CancellationToken cancellationToken) =>
        Plain(await AskReceiptAsync(transactionHash, cancellationToken).ConfigureAwait(false));

    public async Task<ulong> GetTransactionCountAsync(Address account, BlockTag block, CancellationToken cancellationToken)
    {
        const string Method = "eth_getTransactionCount";
        if (block == BlockTag.Pending)
            return Plain(await ReachedAsync(Method, Wrap((client, token) => client.GetTransactionCountAsync(account, block, token)), cancellationToken).ConfigureAwait(false));
        var pinned = Plain(await PinAsync(block, cancellationToken).ConfigureAwait(false));
        return Plain(await _round.AgreeAsync(
            Method, Wrap((client, token) => client.GetTransactionCountAsync(account, pinned, token)), AnswerKey.OfNumber, cancellationToken).ConfigureAwait(false));
    }

    public async Task<IReadOnlyList<LogEntry>> GetLogsAsync(LogFilter filter, CancellationToken cancellationToken) =>
        Plain(await FindLogsAsync(filter, cancellationToken).ConfigureAwait(false));

    public async Task<byte[]> GetCodeAsync(Address account, CancellationToken cancellationToken) =>
        Plain(await _round.AgreeAsync("eth_getCode", Wrap((client, token) => client.GetCodeAsync(account, token)), AnswerKey.OfBytes, cancellationToken)
            .ConfigureAwait(false));

    public async Task<UInt256> GetGasPriceAsync(CancellationToken cancellationToken) =>
        Plain(await ReachedAsync("eth_gasPrice", Wrap((client, token) => client.GetGasPriceAsync(token)), cancellationToken).ConfigureAwait(false));

    public async Task<RpcOutcome<BlockHeader?>> GetHeaderAsync(BlockTag block, CancellationToken cancellationToken)
    {
        var pinned = await PinAsync(block, cancellationToken).ConfigureAwait(false);
        return pinned.TryGetValue(out var tag)
            ? await _round.AgreeAsync<BlockHeader?>(
                "eth_getBlockByNumber", (client, token) => client.GetHeaderAsync(tag, token), AnswerKey.OfHeader, cancellationToken).ConfigureAwait(false)
            : pinned.As<BlockHeader?>();
    }

    public Task<RpcOutcome<KnownTransaction?>> FindTransactionAsync(Hash32 transactionHash, CancellationToken cancellationToken) =>
        _round.AgreeAsync<KnownTransaction?>(
            "eth_getTransactionByHash", (client, token) => client.FindTransactionAsync(transactionHash, token), AnswerKey.OfTransaction, cancellationToken);

    public Task<RpcOutcome<UInt256>> GetBalanceAsync(Address account, CancellationToken cancellationToken) =>
        _round.AgreeAsync("eth_getBalance", (client, token) => client.GetBalanceAsync(account, token), AnswerKey.OfUInt256, cancellationToken);

    public Task<RpcOutcome<UInt256>> GetPriorityFeeAsync(CancellationToken cancellationToken) =>
        ReachedAsync("eth_maxPriorityFeePerGas", (client, token) => client.GetPriorityFeeAsync(token), cancellationToken);

    public async Task<RpcOutcome<IReadOnlyList<LogEntry>>> FindLogsAsync(LogFilter filter, CancellationToken cancellationToken)
    {
        // An end that is not named is each node's own.
        if (filter.ToBlock is null || filter.FromBlock is null)
        {
            var height = await HeightAsync(cancellationToken).ConfigureAwait(false);
            if (!height.TryGetValue(out var head))
                return height.As<IReadOnlyList<LogEntry>>();
            filter = filter with { FromBlock = filter.FromBlock ?? head, ToBlock = filter.ToBlock ?? head };
        }

        return await _round.AgreeAsync("eth_getLogs", (client, token) => client.FindLogsAsync(filter, token), AnswerKey.OfLogs, cancellationToken).ConfigureAwait(false);
    }

    Task<RpcOutcome<TransactionReceipt?>> AskReceiptAsync(Hash32 transactionHash, CancellationToken cancellationToken) =>
        _round.AgreeAsync<TransactionReceipt?>(
            "eth_getTransactionReceipt", Wrap((client, token) => client.GetReceiptAsync(transactionHash, token)), AnswerKey.OfReceipt, cancellationToken);

    /// <summary>Latest is another block on each node: the question is about the one that enough of them have.</summary>
    async Task<RpcOutcome<BlockTag>> PinAsync(BlockTag block, CancellationToken cancellationToken)
    {
        if (block != BlockTag.Latest)
            return RpcOutcome.Value(block);
        var height = await HeightAsync(cancellationToken).ConfigureAwait(false);
        return height.TryGetValue(out var head) ? RpcOutcome.Value(BlockTag.Number(head)) : height.As<BlockTag>();
    }

    /// <summary>The highest block that enough nodes have, where these are close to each other: neither a boast nor a laggard moves it.</summary>
    async Task<RpcOutcome<ulong>> HeightAsync(CancellationToken cancellationToken)
    {
        var (heights, failure) = await _round.CollectAsync("eth_blockNumber", Wrap((client, token) => client.GetBlockNumberAsync(token)), cancellationToken)
            .ConfigureAwait(false);
        for (var first = 0; first + _options.Required <= heights.Count; first++)
        {
            var last = heights[first + _options.Required - 1];
            if (heights[first] - last <= (ulong)_options.MaxLag)
                return RpcOutcome.Value(last);
        }

        return heights.Count < _options.Required ? failure : RpcOutcome.NoAgreement<ulong>($"their heights are more than {_options.MaxLag} blocks apart");
    }

    /// <summary>The highest number that enough nodes reach.</summary>
    async Task<RpcOutcome<T>> ReachedAsync<T>(
        string method, Func<IChainClient, CancellationToken, Task<RpcOutcome<T>>> ask, CancellationToken cancellationToken)
        where T : IComparable<T>
    {
        var (values, failure) = await _round.CollectAsync(method, ask, cancellationToken).ConfigureAwait(false);
        return values.Count >= _options.Required ? RpcOutcome.Value(values[_options.Required - 1]) : failure;
    }

    static Func<IChainClient, CancellationToken, Task<RpcOutcome<T>>> Wrap<T>(Func<IChainClient, CancellationToken, Task<T>> ask) =>
        async (client, cancellationToken) => RpcOutcome.Value(await ask(client, cancellationToken).ConfigureAwait(false));

    static T Plain<T>(RpcOutcome<T> outcome) =>
        outcome.IsValue ? outcome.Value : throw new ChainUnavailableException(outcome.Status, $"{outcome.Describe()}.");
}
