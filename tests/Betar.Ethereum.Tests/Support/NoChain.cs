namespace Betar.Ethereum.Tests.Support;

/// <summary>For what needs a client in its constructor and never asks it.</summary>
internal sealed class NoChain : IChainClient
{
    public Task<ulong> GetChainIdAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ulong> GetBlockNumberAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ulong> GetBlockTimestampAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<RpcOutcome<byte[]>> CallAsync(CallRequest call, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<RpcOutcome<ulong>> EstimateGasAsync(CallRequest call, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<RpcOutcome<Hash32>> SendRawTransactionAsync(ReadOnlyMemory<byte> raw, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<RpcOutcome<TransactionReceipt>> SendRawTransactionSyncAsync(
        ReadOnlyMemory<byte> raw, TimeSpan timeout, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<TransactionReceipt?> GetReceiptAsync(Hash32 transactionHash, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<ulong> GetTransactionCountAsync(Address account, BlockTag block, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<LogEntry>> GetLogsAsync(LogFilter filter, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<byte[]> GetCodeAsync(Address account, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<UInt256> GetGasPriceAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
}
