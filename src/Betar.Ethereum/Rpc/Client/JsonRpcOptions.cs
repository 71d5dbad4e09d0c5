namespace Betar.Ethereum;

/// <summary>Limits of <see cref="JsonRpcChainClient"/>.</summary>
public sealed class JsonRpcOptions
{
    /// <summary>How long one call may take, its wait for a place in a batch included. 10 ms to 10 minutes. Default 10 s.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What a synchronous send may take beyond the inclusion time it names. 0 to 10 minutes. Default 2 s.</summary>
    public TimeSpan SyncSendMargin { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often the receipt is asked for where the node has no synchronous send of the standard's form. 10 ms to 1 minute. Default 200 ms.</summary>
    public TimeSpan ReceiptInterval { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Calls in one batch. 1 to 1,000; 1 sends no batches. Default 100, which public nodes accept.</summary>
    public int MaxBatch { get; init; } = 100;

    /// <summary>HTTP requests under way at once, for reads and for sends each. Calls beyond join the next batch. 1 to 64. Default 2.</summary>
    public int MaxConcurrentRequests { get; init; } = 2;

    /// <summary>Calls that may wait; more are refused as unreachable. 1 to 1,000,000. Default 10,000.</summary>
    public int MaxWaiting { get; init; } = 10_000;

    /// <summary>Bytes of one answer that are read; more is an invalid response. 1 KiB to 256 MiB. Default 8 MiB.</summary>
    public int MaxResponseBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>The least pause after a node said "too many requests". 10 ms to 1 minute. Default 1 s.</summary>
    public TimeSpan RateLimitPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause that a node may ask for. RateLimitPause to 1 hour. Default 1 minute.</summary>
    public TimeSpan MaxRetryAfter { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Every fault of the values, all at once.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();
        Check(CallTimeout >= TimeSpan.FromMilliseconds(10) && CallTimeout <= TimeSpan.FromMinutes(10), "CallTimeout is 10 ms to 10 minutes.");
        Check(SyncSendMargin >= TimeSpan.Zero && SyncSendMargin <= TimeSpan.FromMinutes(10), "SyncSendMargin is 0 to 10 minutes.");
        Check(ReceiptInterval >= TimeSpan.FromMilliseconds(10) && ReceiptInterval <= TimeSpan.FromMinutes(1), "ReceiptInterval is 10 ms to 1 minute.");
        Check(MaxBatch is >= 1 and <= 1_000, "MaxBatch is 1 to 1,000.");
        Check(MaxConcurrentRequests is >= 1 and <= 64, "MaxConcurrentRequests is 1 to 64.");
        Check(MaxWaiting is >= 1 and <= 1_000_000, "MaxWaiting is 1 to 1,000,000.");
        Check(MaxResponseBytes is >= 1024 and <= 256 * 1024 * 1024, "MaxResponseBytes is 1 KiB to 256 MiB.");
        Check(RateLimitPause >= TimeSpan.FromMilliseconds(10) && RateLimitPause <= TimeSpan.FromMinutes(1), "RateLimitPause is 10 ms to 1 minute.");
        Check(MaxRetryAfter >= RateLimitPause && MaxRetryAfter <= TimeSpan.FromHours(1), "MaxRetryAfter is RateLimitPause to 1 hour.");
        return faults;

        void Check(bool holds, string fault)
        {
            if (!holds)
                faults.Add(fault);
        }
    }
}
