using Betar.Ethereum;

namespace Betar.Cluster.Tests.Support;

/// <summary>The chain's client as silos use it, with a hand on what is sent.</summary>
internal sealed class DelegatingChain(IChainClient inner) : IChainClient
{
    /// <summary>What becomes of a transaction; null: what the chain says.</summary>
    public Func<ReadOnlyMemory<byte>, Task<RpcOutcome<TransactionReceipt>>?>? Send { get; set; }

    /// <summary>What the node says of an account's transactions; null: the truth.</summary>
    public Func<BlockTag, ulong>? Count { get; set; }

    /// <summary>Happens before a contract is asked.</summary>
    public Func<Task>? BeforeCall { get; set; }

    /// <summary>What a contract says; null: the truth.</summary>
    public Func<CallRequest, RpcOutcome<byte[]>?>? OnCall { get; set; }

    public Task<RpcOutcome<TransactionReceipt>> SendRawTransactionSyncAsync(ReadOnlyMemory<byte> raw, TimeSpan timeout, CancellationToken cancellationToken) =>
        Send?.Invoke(raw) ?? inner.SendRawTransactionSyncAsync(raw, timeout, cancellationToken);

    public Task<ulong> GetChainIdAsync(CancellationToken cancellationToken) => inner.GetChainIdAsync(cancellationToken);

    public Task<ulong> GetBlockNumberAsync(CancellationToken cancellationToken) => inner.GetBlockNumberAsync(cancellationToken);

    public Task<ulong> GetBlockTimestampAsync(CancellationToken cancellationToken) => inner.GetBlockTimestampAsync(cancellationToken);

    public Task<RpcOutcome<BlockHeader?>> GetHeaderAsync(BlockTag block, CancellationToken cancellationToken) => inner.GetHeaderAsync(block, cancellationToken);

    public Task<RpcOutcome<KnownTransaction?>> FindTransactionAsync(Hash32 transactionHash, CancellationToken cancellationToken) =>
        inner.FindTransactionAsync(transactionHash, cancellationToken);

    public async Task<RpcOutcome<byte[]>> CallAsync(CallRequest call, CancellationToken cancellationToken)
    {
        if (BeforeCall is { } before)
            await before();
        return OnCall?.Invoke(call) ?? await inner.CallAsync(call, cancellationToken);
    }

    public Task<RpcOutcome<ulong>> EstimateGasAsync(CallRequest call, CancellationToken cancellationToken) => inner.EstimateGasAsync(call, cancellationToken);

    public Task<RpcOutcome<Hash32>> SendRawTransactionAsync(ReadOnlyMemory<byte> raw, CancellationToken cancellationToken) =>
        inner.SendRawTransactionAsync(raw, cancellationToken);

    public Task<TransactionReceipt?> GetReceiptAsync(Hash32 transactionHash, CancellationToken cancellationToken) =>
        inner.GetReceiptAsync(transactionHash, cancellationToken);

    public Task<ulong> GetTransactionCountAsync(Address account, BlockTag block, CancellationToken cancellationToken) =>
        Count is { } count ? Task.FromResult(count(block)) : inner.GetTransactionCountAsync(account, block, cancellationToken);

    public Task<IReadOnlyList<LogEntry>> GetLogsAsync(LogFilter filter, CancellationToken cancellationToken) => inner.GetLogsAsync(filter, cancellationToken);

    public Task<byte[]> GetCodeAsync(Address account, CancellationToken cancellationToken) => inner.GetCodeAsync(account, cancellationToken);

    public Task<UInt256> GetGasPriceAsync(CancellationToken cancellationToken) => inner.GetGasPriceAsync(cancellationToken);
}
