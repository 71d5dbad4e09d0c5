namespace Betar.Grains.Gateway;

/// <summary>
/// A moment by both clocks of the machine. One that was suspended may have lost time on the steady clock, and one whose calendar was set has too little
/// or too much on the other: what has passed is the longer of the two, so that a term is rather given up than believed in too long.
/// </summary>
internal sealed record TimeMark(long Stamp, DateTimeOffset At)
{
    public static TimeMark Now(TimeProvider time) => new(time.GetTimestamp(), time.GetUtcNow());

    /// <summary>For who asks somebody with the very same steady clock.</summary>
    public TimeSpan Steady(TimeProvider time) => time.GetElapsedTime(Stamp);

    public TimeSpan Elapsed(TimeProvider time)
    {
        TimeSpan steady = time.GetElapsedTime(Stamp), calendar = time.GetUtcNow() - At;
        return steady > calendar ? steady : calendar;
    }
}
