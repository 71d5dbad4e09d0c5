namespace Betar.Libp2p.Tests.PubSub.Simulation;

/// <summary>The clock of a simulated network; it has no timers, since the network calls everybody itself.</summary>
internal sealed class SimClock : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public TimeSpan Now { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Now.Ticks;

    public override DateTimeOffset GetUtcNow() => Start + Now;
}
