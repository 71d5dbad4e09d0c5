namespace Betar.Grains.Gateway;

/// <summary>One silo's turn to be the fleet's presence. Counted by the holder's own clocks, from before it asked for the lease.</summary>
public sealed class PresenceTerm : IDisposable
{
    private readonly CancellationTokenSource _over = new();
    private readonly TaskCompletionSource<PresenceEnd> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeProvider _time;
    private readonly TimeSpan _stopAfter;
    private readonly bool _isOneClock;
    private TimeMark _asked;
    private int _finished;

    /// <param name="epoch">Of the lease.</param>
    /// <param name="asked">When it was asked for.</param>
    /// <param name="stopAfter">How long it is believed in from there.</param>
    /// <param name="time">The holder's clocks.</param>
    /// <param name="isOneClock">True when the store counts by the holder's own steady clock.</param>
    internal PresenceTerm(long epoch, TimeMark asked, TimeSpan stopAfter, TimeProvider time, bool isOneClock)
    {
        (Epoch, _asked, _stopAfter, _time, _isOneClock) = (epoch, asked, stopAfter, time, isOneClock);
        Over = _over.Token;
    }

    /// <summary>Grows with each term of the fleet, whoever holds it.</summary>
    public long Epoch { get; }

    /// <summary>False from the moment on at which the host must be silent, whether anybody noticed yet or not: asked before each answer.</summary>
    public bool IsHeld => Volatile.Read(ref _finished) == 0 && Unrenewed < _stopAfter;

    /// <summary>Cancelled when the term is over.</summary>
    public CancellationToken Over { get; }

    internal Task<PresenceEnd> Ended => _ended.Task;

    /// <summary>How long ago the lease was asked for, of the last time that it was granted.</summary>
    internal TimeSpan Unrenewed => Volatile.Read(ref _asked) is var asked && _isOneClock ? asked.Steady(_time) : asked.Elapsed(_time);

    /// <summary>Before an answer leaves the host.</summary>
    /// <exception cref="OperationCanceledException">The term is over; nothing is to be said any more.</exception>
    public void ThrowIfOver()
    {
        if (IsHeld)
            return;
        Finish(PresenceEnd.NotRenewed);
        throw new OperationCanceledException(Over);
    }

    public void Dispose() => _over.Dispose();

    /// <summary>The lease was renewed when it was asked for at that moment. What comes too late changes nothing.</summary>
    internal void Extend(TimeMark asked)
    {
        if (IsHeld)
            Volatile.Write(ref _asked, asked);
    }

    /// <returns>True for the first reason, which is the one that counts.</returns>
    internal bool Finish(PresenceEnd why)
    {
        if (Interlocked.Exchange(ref _finished, 1) != 0)
            return false;
        _over.Cancel();
        _ended.SetResult(why);
        return true;
    }
}
