using System.Threading.Tasks.Sources;

namespace Betar.Storage.Database;

/// <summary>A write that the caller awaits without a task of its own. Each instance is awaited once.</summary>
internal abstract class WriteOperation<TResult> : WriteOperation, IValueTaskSource<TResult>
{
    private readonly CancellationToken cancellation;
    private ManualResetValueTaskSourceCore<TResult> source;

    protected WriteOperation(CancellationToken cancellation)
    {
        this.cancellation = cancellation;

        // The writer thread never runs its callers' code.
        source.RunContinuationsAsynchronously = true;
    }

    public override bool Cancelled => cancellation.IsCancellationRequested;

    public ValueTask<TResult> Completion => new(this, source.Version);

    protected TResult Result { get; set; } = default!;

    public override void Complete(Exception? failure)
    {
        if (failure is null)
            source.SetResult(Result);
        else
            source.SetException(failure);
    }

    TResult IValueTaskSource<TResult>.GetResult(short token) => source.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<TResult>.GetStatus(short token) => source.GetStatus(token);

    void IValueTaskSource<TResult>.OnCompleted(Action<object?> continuation, object? state, short token,
        ValueTaskSourceOnCompletedFlags flags) => source.OnCompleted(continuation, state, token, flags);
}
