using Betar.Crypto;

namespace Betar.Ethereum;

/// <summary>What a synchronous send does, for nodes that have none: sends, and asks for the receipt at intervals.</summary>
internal sealed class PolledSend(
    Func<ReadOnlyMemory<byte>, CancellationToken, Task<RpcOutcome<Hash32>>> send,
    Func<Hash32, CancellationToken, Task<RpcOutcome<TransactionReceipt?>>> askReceipt,
    TimeSpan interval,
    TimeProvider time)
{
    /// <summary>After the time the answer is error 4 with the hash, as from a synchronous send, or why the node could not be asked.</summary>
    internal async Task<RpcOutcome<TransactionReceipt>> SendAsync(ReadOnlyMemory<byte> raw, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var hash = new Hash32(Keccak256.Hash(raw.Span));
        var sent = await send(raw, cancellationToken).ConfigureAwait(false);
        if (!sent.IsValue && sent.Error is not { IsAlreadyKnown: true })
            return sent.As<TransactionReceipt>();

        while (true)
        {
            var asked = await askReceipt(hash, cancellationToken).ConfigureAwait(false);
            if (asked.TryGetValue(out var receipt) && receipt is not null)
                return RpcOutcome.Value(receipt);
            var left = timeout - time.GetElapsedTime(start);
            if (left <= TimeSpan.Zero)
                return asked.IsValue ? RpcOutcome.Error<TransactionReceipt>(NotIncluded(hash)) : asked.As<TransactionReceipt>();
            await Task.Delay(left < interval ? left : interval, time, cancellationToken).ConfigureAwait(false);
        }
    }

    static RpcError NotIncluded(Hash32 hash) => new(RpcError.InclusionTimedOut, "no block included the transaction in time", hash.ToArray());
}
