namespace Betar.Marketplace.Trust;

/// <summary>What this node itself has found when it spoke to a listing's seller. Most sellers it never asks: then there is none.</summary>
internal sealed class Liveness
{
    private const int Weight = 8;

    public DateTimeOffset? LastSuccess { get; private set; }

    public DateTimeOffset? LastFailure { get; private set; }

    public long Successes { get; private set; }

    public long Failures { get; private set; }

    /// <summary>Failures since the last success.</summary>
    public int FailuresInARow { get; private set; }

    /// <summary>A moving average, in whole ticks; null: never measured.</summary>
    public TimeSpan? Latency { get; private set; }

    public static Liveness Of(DateTimeOffset? lastSuccess, long successes, long failures, TimeSpan? latency) =>
        new() { LastSuccess = lastSuccess, Successes = successes, Failures = failures, Latency = latency };

    /// <summary>In how many of 10,000 tries it answered; null: never tried.</summary>
    public int? SuccessRate =>
        Successes + Failures == 0 ? null : (int)((Int128)Successes * 10_000 / ((Int128)Successes + Failures));

    public void Answered(DateTimeOffset at, TimeSpan latency)
    {
        LastSuccess = at;
        Successes++;
        FailuresInARow = 0;
        Latency = Latency is { } before ? new TimeSpan(((before.Ticks * (Weight - 1)) + latency.Ticks) / Weight) : latency;
    }

    public void Failed(DateTimeOffset at)
    {
        LastFailure = at;
        Failures++;
        FailuresInARow++;
    }
}
