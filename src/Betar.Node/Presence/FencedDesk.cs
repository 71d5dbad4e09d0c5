using Betar.Grains.Gateway;
using Betar.X402.Protocol;
using Betar.X402.Serving;

namespace Betar.Node.Presence;

/// <summary>
/// Lets answers out only while this silo is the gateway. Work whose caller cannot be answered any more goes on without him, and its answer is kept; while
/// the silo drains nothing new begins.
/// </summary>
internal sealed class FencedDesk(IX402Handler desk, PresenceTerm term) : IX402Handler
{
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _underWay;
    private int _drains;

    public ValueTask<X402Reply> HandleRequestAsync(X402Request request, X402Call call, CancellationToken cancellationToken) =>
        TryEnter() ? AnswerAsync(desk.HandleRequestAsync(request, call, cancellationToken)) : Busy(request.CorrelationId);

    public ValueTask<X402Reply> HandlePaidRequestAsync(PaidRequest request, X402Call call, CancellationToken cancellationToken) =>
        TryEnter() ? AnswerAsync(desk.HandlePaidRequestAsync(request, call, cancellationToken)) : Busy(request.CorrelationId);

    /// <summary>Takes nothing new, and completes when the last answer is made.</summary>
    public Task DrainAsync(CancellationToken cancellationToken)
    {
        Volatile.Write(ref _drains, 1);
        Enter();
        Leave();
        return _empty.Task.WaitAsync(cancellationToken);
    }

    private static ValueTask<X402Reply> Busy(string correlationId) =>
        new(X402Error.Create(StreamErrorCode.Busy, correlationId, "The seller is stopping; ask again.") with { Retryable = true });

    private async ValueTask<X402Reply> AnswerAsync(ValueTask<X402Reply> working)
    {
        try
        {
            X402Reply reply = await working.AsTask().WaitAsync(term.Over);
            term.ThrowIfOver();
            return reply;
        }
        finally
        {
            Leave();
        }
    }

    private bool TryEnter()
    {
        term.ThrowIfOver();
        Enter();
        if (Volatile.Read(ref _drains) == 0)
            return true;
        Leave();
        return false;
    }

    private void Enter() => Interlocked.Increment(ref _underWay);

    private void Leave()
    {
        if (Interlocked.Decrement(ref _underWay) == 0 && Volatile.Read(ref _drains) != 0)
            _empty.TrySetResult();
    }
}
