using Betar.X402.Framing;

namespace Betar.X402.Serving;

/// <summary>Lets so many calls through at once and so many wait; the rest is told to come back.</summary>
internal sealed class CallGate(X402ServerOptions options, int maxConcurrent, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _places = new(maxConcurrent);
    private int _waiting;

    /// <summary>False when the queue is full or the wait too long.</summary>
    internal async ValueTask<bool> TryEnterAsync(CancellationToken cancellationToken)
    {
        if (_places.Wait(TimeSpan.Zero, CancellationToken.None))
        {
            return true;
        }

        if (Interlocked.Increment(ref _waiting) > options.MaxQueued)
        {
            Interlocked.Decrement(ref _waiting);
            X402Instruments.OnLimitHit("queue");
            return false;
        }

        using var deadline = new Deadline(options.QueueTimeout, time, cancellationToken);
        try
        {
            await _places.WaitAsync(deadline.Token);
            return true;
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            X402Instruments.OnLimitHit("queue_time");
            return false;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    internal void Leave() => _places.Release();

    public void Dispose() => _places.Dispose();
}
