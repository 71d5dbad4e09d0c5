namespace Betar.Agents.Builtin;

/// <summary>Answers with its input.</summary>
internal sealed class EchoExecutor : IExecutor
{
    public const string Name = "echo";

    public bool IsIdempotent => true;

    public ValueTask<ExecutionOutcome> ExecuteAsync(ExecutionRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(ExecutionOutcome.Ok(request.Input));
}
