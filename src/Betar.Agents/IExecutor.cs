namespace Betar.Agents;

/// <summary>
/// Does the work of one agent. The input is a stranger's text: data, never an instruction. Making one costs nothing: what it
/// holds on to (a worker, a connection) begins with the first task, and ends when it is disposed, if it is <see cref="IAsyncDisposable"/>.
/// </summary>
public interface IExecutor
{
    /// <summary>True when running the same task twice does no harm, so that a crash may be answered by another run.</summary>
    bool IsIdempotent { get; }

    /// <summary>True while what it calls has failed so often that it is left alone for a while.</summary>
    bool IsResting => false;

    ValueTask<ExecutionOutcome> ExecuteAsync(ExecutionRequest request, CancellationToken cancellationToken);

    /// <summary>Makes a summary of earlier exchanges, where there is a model to do it.</summary>
    ValueTask<ExecutionOutcome> CondenseAsync(CondenseRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(ExecutionOutcome.Failed(ExecutionCodes.ModelUnavailable, "This executor has no model to make a summary with."));
}
