using Betar.Ethereum;

namespace Betar.X402.Tests.Support;

/// <summary>Answers calls by their selector; everything that a probe does not ask for is a bug.</summary>
internal sealed class FakeChain : IChainClient
{
    internal Dictionary<string, RpcOutcome<byte[]>> Answers { get; } = [];

    internal byte[]? Code { get; set; } = [0x60];

    /// <summary>What stands at an account, where that matters.</summary>
    internal Func<Address, byte[]>? CodeOf { get; set; }

    /// <summary>What a contract says that is only run and never made.</summary>
    internal RpcOutcome<byte[]>? Creation { get; set; }

    /// <summary>What the next block would say, where it is not what the newest one says.</summary>
    internal Func<CallRequest, RpcOutcome<byte[]>>? Next { get; set; }

    internal List<CallRequest> Calls { get; } = [];

    internal UInt256? GasPrice { get; set; }

    /// <summary>What becomes of a transaction that is sent.</summary>
    internal Func<SignedTransaction, RpcOutcome<Hash32>>? Send { get; set; }

    public Task<RpcOutcome<byte[]>> CallAsync(CallRequest call, CancellationToken cancellationToken)
    {
        Calls.Add(call);
        return Task.FromResult(call.Block == BlockTag.Pending && Next is { } next ? next(call) : call.Creates ? Creation!.Value : Answers[Convert.ToHexStringLower(call.Data.Span[..4])]);
    }

    /// <summary>Asked about code, it never answers.</summary>
    internal bool IsSilent { get; set; }

    public Task<byte[]> GetCodeAsync(Address account, CancellationToken cancellationToken) => IsSilent ? new TaskCompletionSource<byte[]>().Task :
        Code is null ? Task.FromException<byte[]>(new ChainUnavailableException()) : Task.FromResult(CodeOf?.Invoke(account) ?? Code);

    public Task<ulong> GetChainIdAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ulong> GetBlockNumberAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ulong> GetBlockTimestampAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<RpcOutcome<ulong>> EstimateGasAsync(CallRequest call, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<RpcOutcome<Hash32>> SendRawTransactionAsync(ReadOnlyMemory<byte> raw, CancellationToken cancellationToken)
    {
        Assert.True(Eip1559Transaction.TryDecode(raw, out var signed, out _));
        return Task.FromResult(Send?.Invoke(signed!) ?? throw new NotSupportedException());
    }

    public Task<RpcOutcome<TransactionReceipt>> SendRawTransactionSyncAsync(ReadOnlyMemory<byte> raw, TimeSpan timeout, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<TransactionReceipt?> GetReceiptAsync(Hash32 transactionHash, CancellationToken cancellationToken) =>
        Send is null ? throw new NotSupportedException() : Task.FromResult<TransactionReceipt?>(null);

    public Task<ulong> GetTransactionCountAsync(Address account, BlockTag block, CancellationToken cancellationToken) =>
        Send is null ? throw new NotSupportedException() : Task.FromResult(7UL);

    /// <summary>What blocks hold, where that matters.</summary>
    internal Func<LogFilter, IReadOnlyList<LogEntry>>? Logs { get; set; }

    public Task<IReadOnlyList<LogEntry>> GetLogsAsync(LogFilter filter, CancellationToken cancellationToken) =>
        Task.FromResult(Logs?.Invoke(filter) ?? throw new NotSupportedException());

    public Task<UInt256> GetGasPriceAsync(CancellationToken cancellationToken) => Task.FromResult(GasPrice ?? throw new NotSupportedException());
}
