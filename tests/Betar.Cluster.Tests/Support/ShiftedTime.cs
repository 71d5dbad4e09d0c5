namespace Betar.Cluster.Tests.Support;

/// <summary>A calendar that stands still until a test moves it; stop-watches and timers run as always.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    private long _ticks = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000).Ticks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);
}
