namespace Betar.Grains.Tests.Support;

/// <summary>A machine whose calendar and whose steady clock a test sets apart.</summary>
internal sealed class TwoClocks : TimeProvider
{
    public TimeSpan Steady { get; set; }

    public TimeSpan Calendar { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Steady.Ticks;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + TimeSpan.FromDays(1) + Calendar;
}
