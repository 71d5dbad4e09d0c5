namespace Betar.Ethereum.Devnet;

/// <summary>A transaction that waits for its block.</summary>
internal sealed class PooledTransaction(PreparedTransaction prepared, long arrival)
{
    readonly TaskCompletionSource<Inclusion> _included = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal PreparedTransaction Prepared { get; } = prepared;

    /// <summary>Earlier arrivals come first in a block, as far as nonces allow.</summary>
    internal long Arrival { get; } = arrival;

    internal Task<Inclusion> Included => _included.Task;

    internal void Complete(Inclusion inclusion) => _included.TrySetResult(inclusion);
}
