namespace Betar.Ethereum.Tests.Support;

/// <summary>A node that answers one and the same receipt.</summary>
internal sealed class StaleReceipts(IChainClient chain, TransactionReceipt receipt) : IChainClient
{
    public Task<ulong> GetChainIdAsync(CancellationToken cancellationToken) => chain.GetChainIdAsync(cancellationToken);

    public Task<ulong> GetBlockNumberAsync(CancellationToken cancellationToken) => chain.GetBlockNumberAsync(cancellationToken);

    public Task<ulong> GetBlockTimestampAsync(CancellationToken cancellationToken) => chain.GetBlockTimestampAsync(cancellationToken);

    public Task<RpcOutcome<byte[]>> CallAsync(CallRequest call, CancellationToken cancellationToken) => chain.CallAsync(call, cancellationToken);

    public Task<RpcOutcome<ulong>> EstimateGasAsync(CallRequest call, CancellationToken cancellationToken) => chain.EstimateGasAsync(call, cancellationToken);

    public Task<RpcOutcome<Hash32>> SendRawTransactionAsync(ReadOnlyMemory<byte> raw, CancellationToken cancellationToken) =>
        chain.SendRawTransactionAsync(raw, cancellationToken);

    public Task<RpcOutcome<TransactionReceipt>> SendRawTransactionSyncAsync(ReadOnlyMemory<byte> raw, TimeSpan timeout, CancellationToken cancellationToken) =>
        chain.SendRawTransactionSyncAsync(raw, timeout, cancellationToken);

    public Task<TransactionReceipt?> GetReceiptAsync(Hash32 transactionHash, CancellationToken cancellationToken) =>
        Task.FromResult<TransactionReceipt?>(receipt);

    public Task<ulong> GetTransactionCountAsync(Address account, BlockTag block, CancellationToken cancellationToken) =>
        chain.GetTransactionCountAsync(account, block, cancellationToken);

    public Task<IReadOnlyList<LogEntry>> GetLogsAsync(LogFilter filter, CancellationToken cancellationToken) => chain.GetLogsAsync(filter, cancellationToken);

    public Task<byte[]> GetCodeAsync(Address account, CancellationToken cancellationToken) => chain.GetCodeAsync(account, cancellationToken);

    public Task<UInt256> GetGasPriceAsync(CancellationToken cancellationToken) => chain.GetGasPriceAsync(cancellationToken);

    public Task<RpcOutcome<BlockHeader?>> GetHeaderAsync(BlockTag block, CancellationToken cancellationToken) => chain.GetHeaderAsync(block, cancellationToken);

    public Task<RpcOutcome<KnownTransaction?>> FindTransactionAsync(Hash32 transactionHash, CancellationToken cancellationToken) =>
        chain.FindTransactionAsync(transactionHash, cancellationToken);
}
