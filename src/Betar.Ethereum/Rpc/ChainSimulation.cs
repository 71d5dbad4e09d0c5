namespace Betar.Ethereum;

/// <summary>Tries calls before they are sent.</summary>
public static class ChainSimulation
{
    /// <summary>
    /// Whether a call would succeed now, or at least in the next block: the newest one may be many seconds old, and what it refuses by its own time
    /// (an authorisation that is not valid yet) the next one takes. A revert is the newest block's error with its reason.
    /// </summary>
    public static async Task<RpcOutcome<byte[]>> SimulateAsync(this IChainClient chain, CallRequest call, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(chain);
        ArgumentNullException.ThrowIfNull(call);
        var now = await chain.CallAsync(call, cancellationToken).ConfigureAwait(false);
        if (!IsRevert(now) || call.Block != BlockTag.Latest)
            return now;
        var next = await chain.CallAsync(call with { Block = BlockTag.Pending }, cancellationToken).ConfigureAwait(false);
        return next.IsValue ? next : now;
    }

    static bool IsRevert(RpcOutcome<byte[]> outcome) => outcome.Error is { } error
        && (error.Code == RpcError.ExecutionReverted || error.Message.Contains("revert", StringComparison.OrdinalIgnoreCase));
}
