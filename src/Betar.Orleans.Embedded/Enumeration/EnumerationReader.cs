using System.Runtime.ExceptionServices;

namespace Orleans.Runtime;

/// <summary>The caller's side of an enumeration: asks for the next elements when the last ones are used up.</summary>
internal sealed class EnumerationReader<T> : IAsyncEnumerator<T>
{
    private readonly Guid _id = Guid.NewGuid();
    private readonly IRequest _request;
    private readonly IEnumerationExtension _target;
    private readonly CancellationTokenSource? _either;
    private readonly CancellationToken _cancellationToken;
    private T[] _elements = [];
    private int _index = -1;
    private bool _started;
    private bool _ended;
    private EnumerationStep? _failure;

    public EnumerationReader(IRequest request, GrainReference target, CancellationToken cancellationToken)
    {
        _request = request;
        _target = target.Cast<IEnumerationExtension>();
        _cancellationToken = cancellationToken;
        if (!request.IsCancellable)
            return;

        // The token that was an argument ends the enumeration as the enumerator's own does.
        _either = CancellationTokenSource.CreateLinkedTokenSource(request.GetCancellationToken(), cancellationToken);
        _cancellationToken = _either.Token;
    }

    public T Current => _elements[_index];

    public async ValueTask<bool> MoveNextAsync()
    {
        if (++_index < _elements.Length)
            return true;
        while (!_ended)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            var step = await (_started ? _target.MoveNext(_id, _cancellationToken) : Start());
            _elements = (T[]?)step.Elements ?? [];
            _index = 0;
            _ended = (step.Result & ~(EnumerationResult.Heartbeat | EnumerationResult.Element | EnumerationResult.Batch)) != 0;
            if (_elements.Length > 0)
            {
                // A failure behind these elements is told after them.
                _failure = step;
                return true;
            }

            ThrowIfFailed(step);
        }

        if (_failure is { } failure)
        {
            _failure = null;
            ThrowIfFailed(failure);
        }

        return false;
    }

    public async ValueTask DisposeAsync()
    {
        _either?.Dispose();
        if (!_started || _ended)
            return;
        _ended = true;
        await _target.Stop(_id);
    }

    private Task<EnumerationStep> Start()
    {
        _started = true;
        return _target.Start(_id, _request, _cancellationToken);
    }

    private void ThrowIfFailed(EnumerationStep step)
    {
        switch (step.Result & ~(EnumerationResult.Element | EnumerationResult.Batch))
        {
            case EnumerationResult.Error:
                ExceptionDispatchInfo.Throw(step.Error!);
                break;
            case EnumerationResult.Canceled:
                throw new OperationCanceledException("The enumeration was cancelled at its source.", _cancellationToken);
            case EnumerationResult.MissingEnumeratorError:
                throw new EnumerationAbortedException("The enumeration is gone: its grain was deactivated or it was idle for too long.");
        }
    }
}
