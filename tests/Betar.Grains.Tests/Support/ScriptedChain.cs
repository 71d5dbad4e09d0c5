using Betar.Ethereum;

namespace Betar.Grains.Tests.Support;

/// <summary>A chain that answers what a test wrote. What was not written is not asked.</summary>
internal sealed class ScriptedChain : IChainClient
{
    public static readonly ChainUnavailableException Silence = new("Nobody answers.");

    public Func<CallRequest, RpcOutcome<byte[]>> Call { get; init; } = _ => throw new NotSupportedException();

    public Func<Task<ulong>> Count { get; init; } = () => throw new NotSupportedException();

    public Func<LogFilter, IReadOnlyList<LogEntry>> Logs { get; init; } = _ => throw new NotSupportedException();

    public Func<Hash32, TransactionReceipt?> Receipt { get; init; } = _ => throw new NotSupportedException();

    public Func<ulong> BlockNumber { get; init; } = () => throw new NotSupportedException();

    /// <summary>Answers in its own time instead.</summary>
    public Func<Task<ulong>>? Block { get; init; }

    public Func<ulong, BlockHeader?> Header { get; init; } = _ => throw new NotSupportedException();

    /// <summary>What becomes of a transaction: its nonce, the fee that it offers.</summary>
    public Func<Eip1559Transaction, RpcOutcome<TransactionReceipt>> Send { get; init; } = _ => throw new NotSupportedException();

    /// <summary>Takes the bytes of a transaction instead.</summary>
    public Action<byte[]>? Raw { get; init; }

    /// <summary>What a node knows of a transaction; null: it has no such method.</summary>
    public Func<Hash32, KnownTransaction?>? Known { get; init; }

    /// <summary>What every account has as its code.</summary>
    public byte[]? Code { get; init; }

    public Func<ulong> Timestamp { get; init; } = () => throw new NotSupportedException();

    public Task<RpcOutcome<byte[]>> CallAsync(CallRequest call, CancellationToken cancellationToken) => Task.FromResult(Call(call));

    public Task<ulong> GetTransactionCountAsync(Address account, BlockTag block, CancellationToken cancellationToken) => Count();

    public Task<IReadOnlyList<LogEntry>> GetLogsAsync(LogFilter filter, CancellationToken cancellationToken) => Task.FromResult(Logs(filter));

    public Task<TransactionReceipt?> GetReceiptAsync(Hash32 transactionHash, CancellationToken cancellationToken) =>
        Task.FromResult(Receipt(transactionHash));

    public Task<ulong> GetBlockTimestampAsync(CancellationToken cancellationToken) => Task.FromResult(Timestamp());

    public Task<ulong> GetChainIdAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public async Task<ulong> GetBlockNumberAsync(CancellationToken cancellationToken) => Block is null ? BlockNumber() : await Block();

    public Task<RpcOutcome<BlockHeader?>> GetHeaderAsync(BlockTag block, CancellationToken cancellationToken) =>
        Task.FromResult(RpcOutcome.Value(Header(block.Height)));

    public Task<RpcOutcome<KnownTransaction?>> FindTransactionAsync(Hash32 transactionHash, CancellationToken cancellationToken) => Task.FromResult(
        Known is null ? RpcOutcome.Error<KnownTransaction?>(new RpcError(-32601, "no such method", default)) : RpcOutcome.Value(Known(transactionHash)));

    public Task<RpcOutcome<ulong>> EstimateGasAsync(CallRequest call, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<RpcOutcome<Hash32>> SendRawTransactionAsync(ReadOnlyMemory<byte> raw, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<RpcOutcome<TransactionReceipt>> SendRawTransactionSyncAsync(
        ReadOnlyMemory<byte> raw, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (Raw is not null)
        {
            Raw(raw.ToArray());
            return Task.FromResult(RpcOutcome.Unreachable<TransactionReceipt>());
        }
        Assert.True(Eip1559Transaction.TryDecode(raw, out SignedTransaction? transaction, out _));
        return Task.FromResult(Send(transaction!.Transaction));
    }

    public Task<byte[]> GetCodeAsync(Address account, CancellationToken cancellationToken) => Task.FromResult(Code ?? throw new NotSupportedException());

    public Task<UInt256> GetGasPriceAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
}
