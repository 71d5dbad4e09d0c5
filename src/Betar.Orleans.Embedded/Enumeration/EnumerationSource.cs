namespace Orleans.Runtime;

/// <summary>The callee's side of an enumeration.</summary>
internal sealed class EnumerationSource<T> : IEnumerationSource
{
    private readonly int _maxBatchSize;
    private readonly CancellationTokenSource _stopped = new();
    private readonly IAsyncEnumerator<T> _elements;
    private Task<bool>? _next;

    public EnumerationSource(AsyncEnumerableRequest<T> request)
    {
        _maxBatchSize = request.MaxBatchSize;
        _elements = request.InvokeImplementation().GetAsyncEnumerator(_stopped.Token);
    }

    public async ValueTask<EnumerationStep> NextAsync(TimeSpan patience, TimeProvider time)
    {
        var batch = new List<T>();
        try
        {
            while (batch.Count < _maxBatchSize)
            {
                _next ??= _elements.MoveNextAsync().AsTask();
                if (!_next.IsCompleted && (batch.Count > 0 || !await IsReady(_next, patience, time)))
                    break;
                var more = await _next;
                _next = null;
                if (!more)
                    return Step(batch, EnumerationResult.Completed);
                batch.Add(_elements.Current);
            }

            return Step(batch, batch.Count == 0 ? EnumerationResult.Heartbeat : default);
        }
        catch (OperationCanceledException)
        {
            return Step(batch, EnumerationResult.Canceled);
        }
        catch (Exception exception)
        {
            var step = Step(batch, EnumerationResult.Error);
            step.Error = exception;
            return step;
        }
    }

    /// <summary>Who breaks off does not wait for an element that may never come: the enumerator is disposed once it lets go.</summary>
    public ValueTask DisposeAsync()
    {
        _stopped.Cancel();
        if (_next is not { IsCompleted: false } last)
            return DisposeElementsAsync();
        _ = last.ContinueWith(_ => DisposeElementsAsync().AsTask(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Current);
        return ValueTask.CompletedTask;
    }

    private async ValueTask DisposeElementsAsync()
    {
        await _elements.DisposeAsync();
        _stopped.Dispose();
    }

    private static async Task<bool> IsReady(Task next, TimeSpan patience, TimeProvider time)
    {
        using var done = new CancellationTokenSource();
        var first = await Task.WhenAny(next, Task.Delay(patience, time, done.Token));
        done.Cancel();
        return first == next;
    }

    private static EnumerationStep Step(List<T> batch, EnumerationResult end) => new()
    {
        Elements = batch.Count == 0 ? null : batch.ToArray(),
        Result = end | (batch.Count switch { 0 => default, 1 => EnumerationResult.Element, _ => EnumerationResult.Batch }),
    };
}
