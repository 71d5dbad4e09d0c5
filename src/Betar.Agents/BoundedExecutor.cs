namespace Betar.Agents;

/// <summary>Keeps the limits on input and output around any executor.</summary>
internal sealed class BoundedExecutor(IExecutor inner, ExecutorOptions options) : IExecutor
{
    public bool IsIdempotent => inner.IsIdempotent;

    public async ValueTask<ExecutionOutcome> ExecuteAsync(ExecutionRequest request, CancellationToken cancellationToken)
    {
        if (request.Input.Length > options.MaxInputCharacters)
            return ExecutionOutcome.Failed($"The input has {request.Input.Length} characters; the limit is {options.MaxInputCharacters}.");

        ExecutionOutcome outcome = await inner.ExecuteAsync(request, cancellationToken);
        return outcome.Text.Length > options.MaxOutputCharacters
            ? ExecutionOutcome.Failed($"The output has more than {options.MaxOutputCharacters} characters.")
            : outcome;
    }
}
