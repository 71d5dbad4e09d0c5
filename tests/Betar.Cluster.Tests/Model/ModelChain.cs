using Betar.Ethereum;

namespace Betar.Cluster.Tests.Model;

/// <summary>The node of the model's chain: answers, stays silent, loses, holds back and reverts as it is told. One caller at a time.</summary>
internal sealed class ModelChain : IChainClient
{
    private readonly Lock _gate = new();
    private readonly List<SignedTransaction> _pool = [];

    public ModelChain(Address token, Func<ulong> clock, Func<Address, bool> isTrusted) => State = new ModelState(token, clock, isTrusted);

    public ModelState State { get; }

    public bool Silent { get; set; }

    /// <summary>No block takes a transaction until the next <see cref="Mine"/>.</summary>
    public bool Full { get; set; }

    public bool LoseNextAnswer { get; set; }

    public bool SwallowNext { get; set; }

    public bool RevertNext { get; set; }

    public void Mine(int blocks)
    {
        lock (_gate)
        {
            IncludePool();
            for (int i = 0; i < blocks; i++)
                State.Mine();
        }
    }

    public void Reorganise(int blocks, bool vanish)
    {
        lock (_gate)
        {
            List<SignedTransaction> dropped = State.TakeBack(blocks);
            if (vanish)
                _pool.Clear();
            else
                _pool.InsertRange(0, dropped);
        }
    }

    public void Heal()
    {
        (Silent, Full, LoseNextAnswer, SwallowNext, RevertNext) = (false, false, false, false, false);
        Mine(0);
    }

    public Task<RpcOutcome<TransactionReceipt>> SendRawTransactionSyncAsync(ReadOnlyMemory<byte> raw, TimeSpan timeout, CancellationToken cancellationToken)
    {
        lock (_gate)
            return Task.FromResult(Send(raw));
    }

    public Task<RpcOutcome<byte[]>> CallAsync(CallRequest call, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (Silent)
                return Task.FromResult(RpcOutcome.Unreachable<byte[]>());
            ReadOnlySpan<byte> data = call.Data.Span;
            if (data.Length == 4 + 2 * 32)
            {
                byte[] word = new byte[32];
                word[31] = State.Ended.ContainsKey((new Address(data.Slice(16, 20)), new Hash32(data.Slice(36, 32)))) ? (byte)1 : (byte)0;
                return Task.FromResult(RpcOutcome.Value(word));
            }
            return Task.FromResult(State.Refuse(ModelTransfer.Of(data)) is { } refusal
                ? RpcOutcome.Error<byte[]>(new RpcError(RpcError.ExecutionReverted, $"execution reverted: {refusal}", default))
                : RpcOutcome.Value(Array.Empty<byte>()));
        }
    }

    public Task<IReadOnlyList<LogEntry>> GetLogsAsync(LogFilter filter, CancellationToken cancellationToken) => Ask<IReadOnlyList<LogEntry>>(() =>
    {
        if (filter.Topics is not [{ } kind, { } account, { } nonce])
            return [.. State.Logs.Where(log => Matches(filter, log))];
        Span<byte> word = stackalloc byte[32];
        account.CopyTo(word);
        bool known = State.Ended.TryGetValue((new Address(word[12..]), nonce), out (ModelTransfer? Transfer, LogEntry Log) end);
        bool cancels = kind != AuthorizationEvent.UsedFilter(default, default, default, 0).Topics[0];
        return known && end.Transfer is null == cancels ? [end.Log] : [];
    });

    public Task<TransactionReceipt?> GetReceiptAsync(Hash32 transactionHash, CancellationToken cancellationToken) =>
        Ask(() => State.Receipts.GetValueOrDefault(transactionHash));

    public Task<ulong> GetTransactionCountAsync(Address account, BlockTag block, CancellationToken cancellationToken) => Ask(() =>
    {
        ulong next = State.Nonce(account);
        if (block == BlockTag.Pending)
            while (_pool.Exists(waiting => waiting.Sender == account && waiting.Transaction.Nonce == next))
                next++;
        return next;
    });

    public Task<ulong> GetBlockNumberAsync(CancellationToken cancellationToken) => Ask(() => State.Head.Number);

    public Task<ulong> GetBlockTimestampAsync(CancellationToken cancellationToken) => Ask(() => State.Head.Timestamp);

    public Task<RpcOutcome<BlockHeader?>> GetHeaderAsync(BlockTag block, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (Silent)
                return Task.FromResult(RpcOutcome.Unreachable<BlockHeader?>());
            ModelBlock found = block.IsNumber ? State.Block(block.Height) : State.Head;
            return Task.FromResult(RpcOutcome.Value<BlockHeader?>(new BlockHeader(found.Number, found.Hash, Hash32.Zero, found.Timestamp, null)));
        }
    }

    public Task<ulong> GetChainIdAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<RpcOutcome<ulong>> EstimateGasAsync(CallRequest call, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<RpcOutcome<Hash32>> SendRawTransactionAsync(ReadOnlyMemory<byte> raw, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<byte[]> GetCodeAsync(Address account, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<UInt256> GetGasPriceAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    private RpcOutcome<TransactionReceipt> Send(ReadOnlyMemory<byte> raw)
    {
        if (Silent)
            return RpcOutcome.Unreachable<TransactionReceipt>();
        if (SwallowNext)
        {
            SwallowNext = false;
            return RpcOutcome.TimedOut<TransactionReceipt>();
        }

        Assert.True(Eip1559Transaction.TryDecode(raw, out SignedTransaction? transaction, out string? fault), fault);
        ulong next = State.Nonce(transaction!.Sender);
        if (transaction.Transaction.Nonce < next)
            return Error(-32000, "nonce too low");
        if (Full || transaction.Transaction.Nonce > next)
        {
            if (_pool.Exists(waiting => waiting.Sender == transaction.Sender && waiting.Transaction.Nonce == transaction.Transaction.Nonce))
                return Error(-32000, "replacement transaction underpriced");
            _pool.Add(transaction);
            return Error(RpcError.InclusionTimedOut, "not in time");
        }

        bool revert = RevertNext;
        RevertNext = false;
        TransactionReceipt receipt = State.Include(transaction, revert);
        IncludePool();
        if (!LoseNextAnswer)
            return RpcOutcome.Value(receipt);
        LoseNextAnswer = false;
        return RpcOutcome.TimedOut<TransactionReceipt>();
    }

    private void IncludePool()
    {
        _pool.RemoveAll(waiting => waiting.Transaction.Nonce < State.Nonce(waiting.Sender));
        while (_pool.Find(waiting => waiting.Transaction.Nonce == State.Nonce(waiting.Sender)) is { } ready)
        {
            State.Include(ready, revert: false);
            _pool.RemoveAll(waiting => waiting.Transaction.Nonce < State.Nonce(waiting.Sender));
        }
    }

    private Task<T> Ask<T>(Func<T> answer)
    {
        lock (_gate)
            return Silent ? Task.FromException<T>(new ChainUnavailableException("Silence.")) : Task.FromResult(answer());
    }

    private static bool Matches(LogFilter filter, LogEntry log) =>
        log.BlockNumber >= filter.FromBlock && log.BlockNumber <= filter.ToBlock && log.Topics.Count >= filter.Topics.Count
        && !filter.Topics.Where((topic, i) => topic is { } wanted && wanted != log.Topics[i]).Any();

    private static RpcOutcome<TransactionReceipt> Error(int code, string message) =>
        RpcOutcome.Error<TransactionReceipt>(new RpcError(code, message, default));
}
