namespace Betar.Libp2p.Discovery.Mdns;

/// <summary>When the next answer on a link may go out: one at a time, with a pause between two.</summary>
internal sealed class AnswerPace(TimeSpan interval, TimeProvider time)
{
    private readonly Lock _lock = new();
    private long? _last;
    private bool _waiting;

    /// <summary>Nothing was answered yet.</summary>
    public bool IsFresh
    {
        get
        {
            lock (_lock)
                return _last is null;
        }
    }

    /// <summary>True: answer now. False with a time: wait for it, then call <see cref="Waited"/> and answer. False without: somebody waits already.</summary>
    public bool TryEnter(out TimeSpan? wait)
    {
        lock (_lock)
        {
            wait = null;
            if (_waiting)
                return false;
            var now = time.GetTimestamp();
            if (_last is { } last && time.GetElapsedTime(last, now) is var elapsed && elapsed < interval)
            {
                _waiting = true;
                wait = interval - elapsed;
                return false;
            }

            _last = now;
            return true;
        }
    }

    public void Waited()
    {
        lock (_lock)
            (_last, _waiting) = (time.GetTimestamp(), false);
    }
}
