using Betar.Libp2p.Scheduling;

namespace Betar.Libp2p.Protocols.Identify;

/// <summary>Many changes within a short time become one push.</summary>
internal sealed class PushDebounce(TimeSpan delay, Func<CancellationToken, Task> push, BackgroundWork work, TimeProvider time, CancellationToken stopping)
{
    private int _waiting;

    public void Changed()
    {
        if (Interlocked.Exchange(ref _waiting, 1) == 0)
            work.Run(PushLaterAsync);
    }

    private async Task PushLaterAsync()
    {
        await Task.Delay(delay, time, stopping);
        // What changes from here on needs another push.
        Volatile.Write(ref _waiting, 0);
        await push(stopping);
    }
}
