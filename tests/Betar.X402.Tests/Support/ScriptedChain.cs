using Betar.Ethereum;

namespace Betar.X402.Tests.Support;

/// <summary>A node that says what a test tells it to, about sending.</summary>
internal sealed class ScriptedChain : IChainClient
{
    internal UInt256 GasPrice { get; set; } = 1;

    internal bool IsReachable { get; set; } = true;

    internal Func<RpcOutcome<Hash32>> Sending { get; set; } = () => RpcOutcome.Value(Hash32.Zero);

    internal TransactionReceipt? Receipt { get; set; }

    /// <summary>What the token says of every authorisation.</summary>
    internal bool IsUsed { get; set; }

    /// <summary>What blocks say of a use that was said.</summary>
    internal IReadOnlyList<LogEntry> Logs { get; set; } = [];

    internal int Sent { get; private set; }

    public Task<UInt256> GetGasPriceAsync(CancellationToken cancellationToken) =>
        IsReachable ? Task.FromResult(GasPrice) : Task.FromException<UInt256>(new ChainUnavailableException());

    public Task<ulong> GetTransactionCountAsync(Address account, BlockTag block, CancellationToken cancellationToken) => Task.FromResult(0UL);

    public Task<RpcOutcome<Hash32>> SendRawTransactionAsync(ReadOnlyMemory<byte> raw, CancellationToken cancellationToken)
    {
        Sent++;
        return Task.FromResult(Sending());
    }

    public Task<TransactionReceipt?> GetReceiptAsync(Hash32 transactionHash, CancellationToken cancellationToken) => Task.FromResult(Receipt);

    public Task<RpcOutcome<byte[]>> CallAsync(CallRequest call, CancellationToken cancellationToken) => Task.FromResult(FacilitatorBench.Word(IsUsed ? 1 : UInt256.Zero));

    public Task<ulong> GetChainIdAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ulong> GetBlockNumberAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ulong> GetBlockTimestampAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<RpcOutcome<ulong>> EstimateGasAsync(CallRequest call, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<RpcOutcome<TransactionReceipt>> SendRawTransactionSyncAsync(ReadOnlyMemory<byte> raw, TimeSpan timeout, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<LogEntry>> GetLogsAsync(LogFilter filter, CancellationToken cancellationToken) =>
        IsUsed ? Task.FromResult(Logs) : throw new NotSupportedException();

    public Task<byte[]> GetCodeAsync(Address account, CancellationToken cancellationToken) => throw new NotSupportedException();
}
