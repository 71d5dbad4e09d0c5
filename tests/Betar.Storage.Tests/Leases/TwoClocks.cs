namespace Betar.Storage.Tests.Leases;

/// <summary>A machine's two clocks, which a test moves together or apart.</summary>
internal sealed class TwoClocks : TimeProvider
{
    private DateTimeOffset calendar = new(2026, 8, 1, 12, 0, 0, TimeSpan.Zero);
    private long stamp;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => calendar;

    public override long GetTimestamp() => stamp;

    public void Pass(TimeSpan by)
    {
        calendar += by;
        stamp += by.Ticks;
    }

    public void SetCalendar(TimeSpan by) => calendar += by;
}
