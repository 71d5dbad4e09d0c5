namespace Betar.X402.Selling;

/// <summary>When debts are paid back.</summary>
public sealed class OwedRefundOptions
{
    /// <summary>Pause between looks, and before a debt that could not be paid is tried again; that one doubles. 100 ms to 1 h; default 5 s.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest pause before a debt is tried again. Interval to 1 day; default 5 minutes.</summary>
    public TimeSpan RetryCeiling { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Debts that are tried in one look, the oldest first. 1 to 10,000; default 100.</summary>
    public int MaxPerLook { get; init; } = 100;

    /// <summary>How long the chain may take for one of them. 1 s to 10 minutes; default 30 s.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a signed refund may be used. 1 minute to 7 days; default 1 day.</summary>
    public TimeSpan Validity { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Every fault at once; empty when the options can be used.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();
        if (Interval < TimeSpan.FromMilliseconds(100) || Interval > TimeSpan.FromHours(1))
        {
            faults.Add($"Interval is {Interval}; it must be 100 ms to 1 hour.");
        }

        if (RetryCeiling < Interval || RetryCeiling > TimeSpan.FromDays(1))
        {
            faults.Add($"RetryCeiling is {RetryCeiling}; it must be Interval to 1 day.");
        }

        if (MaxPerLook is < 1 or > 10_000)
        {
            faults.Add($"MaxPerLook is {MaxPerLook}; it must be 1 to 10,000.");
        }

        if (Patience < TimeSpan.FromSeconds(1) || Patience > TimeSpan.FromMinutes(10))
        {
            faults.Add($"Patience is {Patience}; it must be 1 second to 10 minutes.");
        }

        if (Validity < TimeSpan.FromMinutes(1) || Validity > TimeSpan.FromDays(7))
        {
            faults.Add($"Validity is {Validity}; it must be 1 minute to 7 days.");
        }

        return faults;
    }
}
