using Betar.Crypto;

namespace Betar.Ethereum.Tests.Support;

/// <summary>A chain in memory that forks, forgets, prices gas and breaks when the test says so.</summary>
internal sealed class ModelChain : IChainClient
{
    readonly List<ModelBlock> _blocks = [];
    readonly Dictionary<Hash32, SignedTransaction> _pool = [];
    readonly Dictionary<Address, ulong> _nonces = [];
    int _forks;

    internal ModelChain() => Mine();

    /// <summary>How the node answers a method instead of rightly; by the method's name.</summary>
    internal Dictionary<string, RpcError> Faults { get; } = [];

    internal HashSet<string> Silent { get; } = [];

    internal List<string> Asked { get; } = [];

    internal ulong ChainId { get; init; } = 84532;

    internal UInt256? BaseFee { get; set; } = 0UL;

    internal UInt256 PriorityFee { get; set; }

    internal UInt256 GasPrice { get; set; }

    internal int MaxLogs { get; set; } = int.MaxValue;

    /// <summary>The node knows where a transaction is and has not written its receipt yet.</summary>
    internal bool ReceiptsLag { get; set; }

    /// <summary>What the node answers for logs, whatever was asked.</summary>
    internal IReadOnlyList<LogEntry>? Logs { get; set; }

    internal Func<CallRequest, RpcOutcome<byte[]>> Call { get; set; } = _ => RpcOutcome.Value<byte[]>([]);

    internal Dictionary<Address, byte[]> Code { get; } = [];

    internal BlockHeader Head => _blocks[^1].Header;

    internal ModelBlock Mine(params SignedTransaction[] transactions) => Mine(transactions, []);

    internal ModelBlock Mine(SignedTransaction[] transactions, params LogEntry[] logs)
    {
        var number = (ulong)_blocks.Count;
        var hash = HashOf($"block {number} fork {_forks}");
        var header = new BlockHeader(number, hash, number == 0 ? Hash32.Zero : Head.Hash, 1_800_000_000 + number, BaseFee);
        var block = new ModelBlock(header, transactions, [.. logs.Select((log, at) => log with { BlockNumber = number, BlockHash = hash, LogIndex = at })]);
        _blocks.Add(block);
        foreach (var transaction in transactions)
        {
            _pool.Remove(transaction.Hash);
            _nonces[transaction.Sender] = transaction.Transaction.Nonce + 1;
        }

        return block;
    }

    /// <summary>Takes blocks away; what they held is forgotten, or waits again.</summary>
    internal void Reorganise(int depth, bool keep = false)
    {
        _forks++;
        foreach (var transaction in _blocks.TakeLast(depth).SelectMany(block => block.Transactions).Reverse())
        {
            _nonces[transaction.Sender] = transaction.Transaction.Nonce;
            if (keep)
                _pool[transaction.Hash] = transaction;
        }

        _blocks.RemoveRange(_blocks.Count - depth, depth);
    }

    internal void Pool(SignedTransaction transaction) => _pool[transaction.Hash] = transaction;

    internal void Drop(SignedTransaction transaction) => _pool.Remove(transaction.Hash);

    public Task<ulong> GetChainIdAsync(CancellationToken cancellationToken) => Plain("eth_chainId", () => ChainId);

    public Task<ulong> GetBlockNumberAsync(CancellationToken cancellationToken) => Plain("eth_blockNumber", () => Head.Number);

    public Task<ulong> GetBlockTimestampAsync(CancellationToken cancellationToken) => Plain("eth_getBlockByNumber", () => Head.Timestamp);

    public Task<RpcOutcome<byte[]>> CallAsync(CallRequest call, CancellationToken cancellationToken) =>
        Task.FromResult(Answer("eth_call", () => Call(call)));

    public Task<RpcOutcome<ulong>> EstimateGasAsync(CallRequest call, CancellationToken cancellationToken) =>
        Task.FromResult(Answer("eth_estimateGas", () => RpcOutcome.Value(21_000UL)));

    public Task<RpcOutcome<Hash32>> SendRawTransactionAsync(ReadOnlyMemory<byte> raw, CancellationToken cancellationToken) =>
        Task.FromResult(Answer("eth_sendRawTransaction", () =>
        {
            Assert.True(Eip1559Transaction.TryDecode(raw, out var transaction, out var fault), fault);
            Pool(transaction!);
            return RpcOutcome.Value(transaction!.Hash);
        }));

    public Task<RpcOutcome<TransactionReceipt>> SendRawTransactionSyncAsync(ReadOnlyMemory<byte> raw, TimeSpan timeout, CancellationToken cancellationToken) =>
        Task.FromResult(Answer("eth_sendRawTransactionSync", () =>
        {
            Assert.True(Eip1559Transaction.TryDecode(raw, out var transaction, out var fault), fault);
            Mine(transaction!);
            return RpcOutcome.Value(ReceiptOf(transaction!.Hash)!);
        }));

    public Task<TransactionReceipt?> GetReceiptAsync(Hash32 transactionHash, CancellationToken cancellationToken) =>
        Plain("eth_getTransactionReceipt", () => ReceiptsLag ? null : ReceiptOf(transactionHash));

    public Task<ulong> GetTransactionCountAsync(Address account, BlockTag block, CancellationToken cancellationToken) =>
        Plain("eth_getTransactionCount", () => _nonces.GetValueOrDefault(account));

    public async Task<IReadOnlyList<LogEntry>> GetLogsAsync(LogFilter filter, CancellationToken cancellationToken)
    {
        var found = await FindLogsAsync(filter, cancellationToken);
        return found.IsValue ? found.Value : throw new ChainUnavailableException(found.Status, found.Describe());
    }

    public Task<byte[]> GetCodeAsync(Address account, CancellationToken cancellationToken) =>
        Plain("eth_getCode", () => Code.GetValueOrDefault(account, []));

    public Task<UInt256> GetGasPriceAsync(CancellationToken cancellationToken) => Plain("eth_gasPrice", () => GasPrice);

    public Task<RpcOutcome<BlockHeader?>> GetHeaderAsync(BlockTag block, CancellationToken cancellationToken) =>
        Task.FromResult(Answer("eth_getBlockByNumber", () => RpcOutcome.Value(
            !block.IsNumber ? Head : block.Height < (ulong)_blocks.Count ? _blocks[(int)block.Height].Header : null)));

    public Task<RpcOutcome<KnownTransaction?>> FindTransactionAsync(Hash32 transactionHash, CancellationToken cancellationToken) =>
        Task.FromResult(Answer("eth_getTransactionByHash", () => RpcOutcome.Value(
            _pool.TryGetValue(transactionHash, out var waiting) ? new KnownTransaction(transactionHash, waiting.Sender, waiting.Transaction.Nonce, null)
            : Find(transactionHash) is var (block, mined) ? new KnownTransaction(transactionHash, mined.Sender, mined.Transaction.Nonce, block.Header.Number)
            : null)));

    public Task<RpcOutcome<UInt256>> GetBalanceAsync(Address account, CancellationToken cancellationToken) =>
        Task.FromResult(Answer("eth_getBalance", () => RpcOutcome.Value(UInt256.One)));

    public Task<RpcOutcome<UInt256>> GetPriorityFeeAsync(CancellationToken cancellationToken) =>
        Task.FromResult(Answer("eth_maxPriorityFeePerGas", () => RpcOutcome.Value(PriorityFee)));

    public Task<RpcOutcome<IReadOnlyList<LogEntry>>> FindLogsAsync(LogFilter filter, CancellationToken cancellationToken) =>
        Task.FromResult(Answer("eth_getLogs", () =>
        {
            IReadOnlyList<LogEntry> found = Logs ??
            [
                .. _blocks.Where(block => block.Header.Number >= (filter.FromBlock ?? Head.Number) && block.Header.Number <= (filter.ToBlock ?? Head.Number))
                    .SelectMany(block => block.Logs).Where(log => filter.Address is not { } address || log.Address == address),
            ];
            return found.Count > MaxLogs
                ? RpcOutcome.Error<IReadOnlyList<LogEntry>>(new RpcError(-32005, $"query returned more than {MaxLogs} results", default))
                : RpcOutcome.Value(found);
        }));

    internal static Hash32 HashOf(string text) => new(Keccak256.Hash(System.Text.Encoding.UTF8.GetBytes(text)));

    TransactionReceipt? ReceiptOf(Hash32 hash) => Find(hash) is var (block, transaction)
        ? new TransactionReceipt(
            hash, true, block.Header.Number, block.Header.Hash, 0, transaction.Sender, transaction.Transaction.To, 21_000, block.Logs)
        : null;

    (ModelBlock Block, SignedTransaction Transaction)? Find(Hash32 hash)
    {
        foreach (var block in _blocks)
        {
            foreach (var transaction in block.Transactions.Where(transaction => transaction.Hash == hash))
                return (block, transaction);
        }

        return null;
    }

    async Task<T> Plain<T>(string method, Func<T> answer)
    {
        await Task.CompletedTask;
        var outcome = Answer(method, () => RpcOutcome.Value(answer()));
        return outcome.IsValue ? outcome.Value : throw new ChainUnavailableException(outcome.Status, $"{method}: {outcome.Describe()}.");
    }

    RpcOutcome<T> Answer<T>(string method, Func<RpcOutcome<T>> answer)
    {
        lock (Asked)
            Asked.Add(method);
        return Silent.Contains(method) ? RpcOutcome.TimedOut<T>()
            : Faults.TryGetValue(method, out var error) ? RpcOutcome.Error<T>(error)
            : answer();
    }
}
