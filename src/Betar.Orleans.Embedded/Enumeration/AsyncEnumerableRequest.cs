using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <summary>
/// A call whose method returns <see cref="IAsyncEnumerable{T}"/>. It is its own result: nothing is sent until somebody enumerates it.
/// </summary>
public abstract class AsyncEnumerableRequest<T> : RequestBase, IAsyncEnumerable<T>, IAsyncEnumerableRequest<T>, IEnumerationRequest
{
    private GrainReference? _target;

    public int MaxBatchSize { get; set; } = 100;

    public IAsyncEnumerable<T> InitializeRequest(GrainReference targetGrainReference)
    {
        _target = targetGrainReference;
        return this;
    }

    public IAsyncEnumerable<T> InvokeImplementation() => InvokeInner();

    public override ValueTask<Response> Invoke() =>
        throw new NotSupportedException("An asynchronous enumeration is driven element by element, not invoked.");

    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        new EnumerationReader<T>(this, _target ?? throw new InvalidOperationException("The request has no target."), cancellationToken);

    IEnumerationSource IEnumerationRequest.Start() => new EnumerationSource<T>(this);

    protected abstract IAsyncEnumerable<T> InvokeInner();
}
