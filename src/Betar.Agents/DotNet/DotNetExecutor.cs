namespace Betar.Agents.DotNet;

/// <summary>Hands the task to the host application.</summary>
internal sealed class DotNetExecutor(
    Func<ExecutionRequest, CancellationToken, ValueTask<ExecutionOutcome>> handler, DotNetSettings settings) : IExecutor
{
    public bool IsIdempotent => settings.Idempotent;

    public ValueTask<ExecutionOutcome> ExecuteAsync(ExecutionRequest request, CancellationToken cancellationToken) => handler(request, cancellationToken);
}
