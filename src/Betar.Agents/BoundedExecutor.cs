namespace Betar.Agents;

/// <summary>Keeps the limits on input and output around any executor.</summary>
internal sealed class BoundedExecutor(IExecutor inner, ExecutorOptions options) : IExecutor, IAsyncDisposable
{
    public bool IsIdempotent => inner.IsIdempotent;

    public bool IsResting => inner.IsResting;

    public async ValueTask<ExecutionOutcome> ExecuteAsync(ExecutionRequest request, CancellationToken cancellationToken)
    {
        if (request.Input.Length > options.MaxInputCharacters)
            return ExecutionOutcome.Failed(ExecutionCodes.TaskRefused, $"The input has {request.Input.Length} characters; the limit is {options.MaxInputCharacters}.");

        ExecutionOutcome outcome = await inner.ExecuteAsync(request with { Partial = Bound(request.Partial) }, cancellationToken);
        return outcome.Text.Length > options.MaxOutputCharacters
            ? ExecutionOutcome.Failed(ExecutionCodes.LimitReached, $"The output has more than {options.MaxOutputCharacters} characters.") with { Usage = outcome.Usage }
            : outcome;
    }

    public ValueTask<ExecutionOutcome> CondenseAsync(CondenseRequest request, CancellationToken cancellationToken) => inner.CondenseAsync(request, cancellationToken);

    /// <summary>No more is handed on than an answer may have; whether that was too much is told at the end.</summary>
    private Func<string, ValueTask>? Bound(Func<string, ValueTask>? listener)
    {
        if (listener is null)
            return null;
        long left = options.MaxOutputCharacters;
        return piece => Interlocked.Add(ref left, -piece.Length) >= 0 ? listener(piece) : ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => inner is IAsyncDisposable held ? held.DisposeAsync() : ValueTask.CompletedTask;
}
