namespace Betar.Fuzz.Support;

/// <summary>A clock that stands still: what happens depends on the bytes alone.</summary>
internal sealed class StillTime : TimeProvider
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static StillTime Instance { get; } = new();

    public override DateTimeOffset GetUtcNow() => Now;

    public override long GetTimestamp() => 1;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new NoTimer();

    private sealed class NoTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => default;
    }
}
