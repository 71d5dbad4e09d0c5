namespace Betar.Ethereum;

/// <summary>
/// A node as the rest of the house sees it. Methods that answer an <see cref="RpcOutcome{T}"/> report every failure as a value;
/// the plain reads throw <see cref="ChainUnavailableException"/> when there is no usable answer.
/// </summary>
public interface IChainClient
{
    Task<ulong> GetChainIdAsync(CancellationToken cancellationToken);

    Task<ulong> GetBlockNumberAsync(CancellationToken cancellationToken);

    /// <summary>Seconds since 1970 of the latest block.</summary>
    Task<ulong> GetBlockTimestampAsync(CancellationToken cancellationToken);

    Task<RpcOutcome<byte[]>> CallAsync(CallRequest call, CancellationToken cancellationToken);

    Task<RpcOutcome<ulong>> EstimateGasAsync(CallRequest call, CancellationToken cancellationToken);

    /// <summary>Answers once the node holds the transaction; inclusion is another question.</summary>
    Task<RpcOutcome<Hash32>> SendRawTransactionAsync(ReadOnlyMemory<byte> raw, CancellationToken cancellationToken);

    /// <summary>EIP-7966: answers the receipt. After <paramref name="timeout"/> the node gives error 4 with the hash.</summary>
    Task<RpcOutcome<TransactionReceipt>> SendRawTransactionSyncAsync(ReadOnlyMemory<byte> raw, TimeSpan timeout, CancellationToken cancellationToken);

    /// <summary>Null while no block includes the transaction.</summary>
    Task<TransactionReceipt?> GetReceiptAsync(Hash32 transactionHash, CancellationToken cancellationToken);

    Task<ulong> GetTransactionCountAsync(Address account, BlockTag block, CancellationToken cancellationToken);

    Task<IReadOnlyList<LogEntry>> GetLogsAsync(LogFilter filter, CancellationToken cancellationToken);

    Task<byte[]> GetCodeAsync(Address account, CancellationToken cancellationToken);

    Task<UInt256> GetGasPriceAsync(CancellationToken cancellationToken);

    /// <summary>Null when there is no such block.</summary>
    Task<RpcOutcome<BlockHeader?>> GetHeaderAsync(BlockTag block, CancellationToken cancellationToken) => NotOffered<BlockHeader?>();

    /// <summary>Null when the node has never heard of it, or has let it go.</summary>
    Task<RpcOutcome<KnownTransaction?>> FindTransactionAsync(Hash32 transactionHash, CancellationToken cancellationToken) =>
        NotOffered<KnownTransaction?>();

    /// <summary>Of the chain's own coin, in its smallest unit.</summary>
    Task<RpcOutcome<UInt256>> GetBalanceAsync(Address account, CancellationToken cancellationToken) => NotOffered<UInt256>();

    /// <summary>What the node thinks that inclusion takes beyond the base fee, per gas.</summary>
    Task<RpcOutcome<UInt256>> GetPriorityFeeAsync(CancellationToken cancellationToken) => NotOffered<UInt256>();

    /// <summary>As <see cref="GetLogsAsync"/>, with the node's refusal as a value: nodes answer only so many logs at once.</summary>
    Task<RpcOutcome<IReadOnlyList<LogEntry>>> FindLogsAsync(LogFilter filter, CancellationToken cancellationToken) =>
        NotOffered<IReadOnlyList<LogEntry>>();

    // Clients that stand for less than a node answer as a node does that has not the method.
    private static Task<RpcOutcome<T>> NotOffered<T>() => Task.FromResult(RpcOutcome.Error<T>(RpcError.NotOffered));
}
