namespace Betar.Ethereum;

/// <summary>One call that waits for its answer.</summary>
/// <param name="parameters">The JSON array of its parameters.</param>
internal sealed class RpcCall(string method, ReadOnlyMemory<byte> parameters, TimeSpan timeout, long startedAt)
{
    readonly TaskCompletionSource<RpcAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int _abandoned;

    internal string Method { get; } = method;

    internal ReadOnlyMemory<byte> Parameters { get; } = parameters;

    internal TimeSpan Timeout { get; } = timeout;

    internal long StartedAt { get; } = startedAt;

    internal Task<RpcAnswer> Answer => _answer.Task;

    /// <summary>Nobody waits any more: if it was not sent yet, it is never sent.</summary>
    internal bool IsAbandoned => Volatile.Read(ref _abandoned) != 0;

    internal void Abandon() => Volatile.Write(ref _abandoned, 1);

    internal void Complete(RpcAnswer answer) => _answer.TrySetResult(answer);

    internal void Fail(Exception bug) => _answer.TrySetException(bug);
}
