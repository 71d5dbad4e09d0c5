using Betar.Ethereum;

namespace Betar.X402.Schemes.BatchSettlement;

/// <summary>How channels and receivers stand on the chain.</summary>
/// <param name="chain">The node that is asked.</param>
/// <param name="at">Of which block's state. Default: the latest.</param>
public sealed class BatchChain(IChainClient chain, BlockTag at = default)
{
    public async Task<RpcOutcome<ChannelStanding>> OfChannelAsync(Hash32 channelId, CancellationToken cancellationToken)
    {
        var channel = await ReadAsync(BatchContract.Channels, cancellationToken, channelId.ToArray());
        if (!channel.TryGetValue(out var amounts))
        {
            return channel.As<ChannelStanding>();
        }

        var nonce = await ReadAsync(BatchContract.RefundNonce, cancellationToken, channelId.ToArray());
        return nonce.TryGetValue(out var next)
            ? RpcOutcome.Value(new ChannelStanding(new AtomicAmount((UInt256)amounts[0]), new AtomicAmount((UInt256)amounts[1]), (UInt256)next[0]))
            : nonce.As<ChannelStanding>();
    }

    /// <summary>Whether the payer has begun to take its money back: from then on there is only the delay to claim in.</summary>
    public async Task<RpcOutcome<bool>> IsWithdrawingAsync(Hash32 channelId, CancellationToken cancellationToken)
    {
        var read = await ReadAsync(BatchContract.PendingWithdrawals, cancellationToken, channelId.ToArray());
        return read.TryGetValue(out var withdrawal) ? RpcOutcome.Value(!((UInt256)withdrawal[1]).IsZero) : read.As<bool>();
    }

    /// <summary>What is claimed for a receiver and not yet paid to it.</summary>
    public async Task<RpcOutcome<AtomicAmount>> DueAsync(Address receiver, Address token, CancellationToken cancellationToken)
    {
        var read = await ReadAsync(BatchContract.Receivers, cancellationToken, receiver, token);
        return !read.TryGetValue(out var totals) ? read.As<AtomicAmount>()
            : UInt256.TrySubtract((UInt256)totals[0], (UInt256)totals[1], out var due) ? RpcOutcome.Value(new AtomicAmount(due))
            : RpcOutcome.InvalidResponse<AtomicAmount>("more was paid than was claimed");
    }

    private async Task<RpcOutcome<object[]>> ReadAsync(AbiFunction function, CancellationToken cancellationToken, params object[] arguments)
    {
        var outcome = await chain.CallAsync(new CallRequest(BatchContracts.Settlement, function.Encode(arguments)) { Block = at }, cancellationToken);
        return !outcome.TryGetValue(out var answer) ? outcome.As<object[]>()
            : function.TryDecodeResult(answer, out var values) ? RpcOutcome.Value(values)
            : RpcOutcome.InvalidResponse<object[]>("it is no contract of channels");
    }
}
