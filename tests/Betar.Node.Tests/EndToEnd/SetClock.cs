namespace Betar.Node.Tests.EndToEnd;

/// <summary>The machine's clock, which somebody sets while the node runs. Intervals are measured as always.</summary>
internal sealed class SetClock : TimeProvider
{
    private long _ahead;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _ahead));

    public void Set(TimeSpan ahead) => Interlocked.Exchange(ref _ahead, ahead.Ticks);
}
