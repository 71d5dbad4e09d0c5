namespace Betar.Ethereum.Devnet;

/// <summary>The methods that bring transactions: all of one request are prepared side by side and enter the pool together.</summary>
internal sealed class SendMethods(DevnetContext context, ReadMethods reads)
{
    // Below this, handing work to another core costs more than it saves.
    const int ParallelFrom = 4;

    /// <summary>Fills the replies of the sends; the other places stay as they are.</summary>
    /// <param name="included">Gets a task for every transaction that was taken.</param>
    internal void Start(List<RpcRequest> requests, Task<RpcReply>?[] replies, List<Task<Inclusion>> included, CancellationToken cancellationToken)
    {
        var prepared = new PreparedTransaction?[requests.Count];
        var faults = new string?[requests.Count];
        Prepare(requests, prepared, faults);

        var pooled = new PooledTransaction?[requests.Count];
        context.Producer.Submit(prepared, pooled, faults);
        for (var i = 0; i < requests.Count; i++)
        {
            if (!requests[i].IsSend)
                continue;
            if (pooled[i] is not { } waiting)
            {
                replies[i] = Task.FromResult<RpcReply>(RpcFault.Server(faults[i]!));
                continue;
            }

            included.Add(waiting.Included);
            replies[i] = requests[i].Method == "eth_sendRawTransaction"
                ? Task.FromResult(RpcReply.Of(json => json.WriteHexValue(waiting.Prepared.Hash)))
                : AwaitReceiptAsync(waiting, requests[i], cancellationToken);
        }
    }

    internal async Task<RpcReply> AwaitReceiptAsync(PooledTransaction waiting, TimeSpan timeout, CancellationToken cancellationToken)
    {
        Inclusion inclusion;
        try
        {
            inclusion = await waiting.Included.WaitAsync(timeout, context.Time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return RpcFault.NotIncluded(waiting.Prepared.Hash, timeout);
        }

        if (inclusion.Mined is not { } mined)
            return RpcFault.Internal(inclusion.Fault!);
        return waiting.Prepared.IsMint && mined.Revert is { } revert
            ? RpcFault.Reverted(revert)
            : reads.Receipt(mined, waiting.Prepared);
    }

    Task<RpcReply> AwaitReceiptAsync(PooledTransaction waiting, RpcRequest request, CancellationToken cancellationToken)
    {
        var parameters = new ParameterReader(request.Parameters);
        parameters.TryNext();
        var timeout = parameters.TryOptionalInt(out var milliseconds) && milliseconds is > 0
            ? TimeSpan.FromMilliseconds(milliseconds.Value)
            : context.Options.SyncTimeout;
        return AwaitReceiptAsync(waiting, timeout < context.Options.MaxSyncTimeout ? timeout : context.Options.MaxSyncTimeout, cancellationToken);
    }

    void Prepare(List<RpcRequest> requests, PreparedTransaction?[] prepared, string?[] faults)
    {
        var parallelism = Math.Min(context.Options.VerificationParallelism, requests.Count / ParallelFrom + 1);
        if (parallelism == 1)
        {
            for (var i = 0; i < requests.Count; i++)
                PrepareOne(i);
        }
        else
        {
            Parallel.For(0, requests.Count, new ParallelOptions { MaxDegreeOfParallelism = parallelism }, PrepareOne);
        }

        void PrepareOne(int i)
        {
            if (!requests[i].IsSend)
                return;
            if (new ParameterReader(requests[i].Parameters).TryData(Eip1559Decoder.MaxRawBytes, out var raw))
                prepared[i] = context.Preparer.Prepare(raw, out faults[i]);
            else
                faults[i] = "the transaction is no hex text, or too long";
        }
    }
}
