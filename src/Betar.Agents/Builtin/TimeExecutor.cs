using System.Globalization;

namespace Betar.Agents.Builtin;

/// <summary>Answers with the time of the node, whatever it is asked.</summary>
internal sealed class TimeExecutor(TimeProvider time) : IExecutor
{
    public const string Name = "time";

    public bool IsIdempotent => true;

    public ValueTask<ExecutionOutcome> ExecuteAsync(ExecutionRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(ExecutionOutcome.Ok(time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)));
}
