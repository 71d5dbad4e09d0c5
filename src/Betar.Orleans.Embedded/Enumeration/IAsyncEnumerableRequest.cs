namespace Orleans.Runtime;

/// <summary>A call whose method returns <see cref="IAsyncEnumerable{T}"/>.</summary>
public interface IAsyncEnumerableRequest<T> : IRequest
{
    /// <summary>The most elements that one message brings.</summary>
    int MaxBatchSize { get; set; }

    IAsyncEnumerable<T> InvokeImplementation();
}
