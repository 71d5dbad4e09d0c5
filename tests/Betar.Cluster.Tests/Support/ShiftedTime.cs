namespace Betar.Cluster.Tests.Support;

/// <summary>A calendar that starts on a full minute and jumps when a test says so; in between it runs as always, as an engine expects.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    private static readonly DateTimeOffset s_start = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);

    private readonly long _started = System.GetTimestamp();
    private long _jumped;

    public override DateTimeOffset GetUtcNow() =>
        s_start + System.GetElapsedTime(_started) + TimeSpan.FromTicks(Interlocked.Read(ref _jumped));

    public void Advance(TimeSpan by) => Interlocked.Add(ref _jumped, by.Ticks);
}
