namespace Betar.Storage.Leases;

/// <summary>The store's clock: the calendar of its start, and from there steady, so that a calendar that is set ends no term and lengthens none.</summary>
internal sealed class LeaseClock(TimeProvider time)
{
    private readonly long start = time.GetUtcNow().UtcTicks;
    private readonly long stamp = time.GetTimestamp();

    public long Now => start + time.GetElapsedTime(stamp).Ticks;
}
