namespace Betar.Agents;

/// <summary>Does the work of one agent. The input is a stranger's text: data, never an instruction.</summary>
public interface IExecutor
{
    /// <summary>True when running the same task twice does no harm, so that a crash may be answered by another run.</summary>
    bool IsIdempotent { get; }

    ValueTask<ExecutionOutcome> ExecuteAsync(ExecutionRequest request, CancellationToken cancellationToken);
}
