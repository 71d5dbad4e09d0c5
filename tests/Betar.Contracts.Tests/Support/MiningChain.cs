using Betar.Ethereum;

namespace Betar.Contracts.Tests.Support;

/// <summary>A chain that makes a block of each transaction as it comes, so that nobody has to wait for one.</summary>
internal sealed class MiningChain(Anvil anvil) : IChainClient
{
    private readonly IChainClient inner = anvil.Chain;

    public async Task<RpcOutcome<Hash32>> SendRawTransactionAsync(ReadOnlyMemory<byte> raw, CancellationToken cancellationToken)
    {
        var outcome = await inner.SendRawTransactionAsync(raw, cancellationToken);
        await anvil.RequestAsync("evm_mine");
        return outcome;
    }

    public Task<RpcOutcome<byte[]>> CallAsync(CallRequest call, CancellationToken cancellationToken) =>
        inner.CallAsync(call with { Block = BlockTag.Pending }, cancellationToken);

    public Task<ulong> GetChainIdAsync(CancellationToken cancellationToken) => inner.GetChainIdAsync(cancellationToken);

    public Task<ulong> GetBlockNumberAsync(CancellationToken cancellationToken) => inner.GetBlockNumberAsync(cancellationToken);

    public Task<ulong> GetBlockTimestampAsync(CancellationToken cancellationToken) => inner.GetBlockTimestampAsync(cancellationToken);

    public Task<RpcOutcome<ulong>> EstimateGasAsync(CallRequest call, CancellationToken cancellationToken) => inner.EstimateGasAsync(call, cancellationToken);

    public Task<RpcOutcome<TransactionReceipt>> SendRawTransactionSyncAsync(ReadOnlyMemory<byte> raw, TimeSpan timeout, CancellationToken cancellationToken) =>
        inner.SendRawTransactionSyncAsync(raw, timeout, cancellationToken);

    public Task<TransactionReceipt?> GetReceiptAsync(Hash32 transactionHash, CancellationToken cancellationToken) => inner.GetReceiptAsync(transactionHash, cancellationToken);

    public Task<ulong> GetTransactionCountAsync(Address account, BlockTag block, CancellationToken cancellationToken) =>
        inner.GetTransactionCountAsync(account, block, cancellationToken);

    public Task<IReadOnlyList<LogEntry>> GetLogsAsync(LogFilter filter, CancellationToken cancellationToken) => inner.GetLogsAsync(filter, cancellationToken);

    public Task<byte[]> GetCodeAsync(Address account, CancellationToken cancellationToken) => inner.GetCodeAsync(account, cancellationToken);

    public Task<UInt256> GetGasPriceAsync(CancellationToken cancellationToken) => Task.FromResult(UInt256.Zero);
}
