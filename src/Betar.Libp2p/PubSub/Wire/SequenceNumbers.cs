namespace Betar.Libp2p.PubSub.Wire;

/// <summary>
/// Numbers of our messages: nanoseconds of the clock, and always more than the last, so that they grow over a restart, too. Some peers drop a
/// message whose number is not above those that they know.
/// </summary>
internal sealed class SequenceNumbers(ulong above, TimeProvider time)
{
    private const ulong NanosecondsPerTick = 100;
    private readonly Lock _lock = new();
    private ulong _last = above;

    public ulong Last
    {
        get
        {
            lock (_lock)
                return _last;
        }
    }

    public ulong Next()
    {
        var clock = (ulong)Math.Max(0, (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks) * NanosecondsPerTick;
        lock (_lock)
            return _last = Math.Max(_last + 1, clock);
    }
}
