using Orleans.CodeGeneration;
using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <summary>A call whose caller waits for a <typeparamref name="T"/>.</summary>
internal sealed class PendingCall<T>(CallNode node, GrainReference reference, IRequest request, InvokeMethodOptions options)
    : PendingCall(node, reference, request, options)
{
    private readonly TaskCompletionSource<T> _result = new(node.Scheduler.Completion);

    public Task<T> Task => _result.Task;

    public override bool IsCompleted => _result.Task.IsCompleted;

    protected override bool TrySetResponse(Response response) =>
        _result.TrySetResult(ResultCopier<T>.Copy(Node, response.GetResult<T>()));

    protected override bool TrySetException(Exception exception) => exception is OperationCanceledException canceled
        ? _result.TrySetCanceled(canceled.CancellationToken)
        : _result.TrySetException(exception);

    protected override bool TrySetCanceled(CancellationToken token) => _result.TrySetCanceled(token);

    public override void CompleteFromFar(ReadOnlyMemory<byte> payload)
    {
        try
        {
            var value = Node.Serializer.Deserialize<T>(payload);
            if (_result.TrySetResult(value))
                Release();
        }
        catch (Exception unreadable)
        {
            Fail(unreadable);
        }
    }
}
