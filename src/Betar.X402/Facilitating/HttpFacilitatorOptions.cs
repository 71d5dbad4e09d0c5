using Betar.X402.Wire;

namespace Betar.X402.Facilitating;

/// <summary>How somebody else's facilitator is asked.</summary>
public sealed class HttpFacilitatorOptions
{
    /// <summary>Where it is; the endpoints are below it.</summary>
    public required Uri Address { get; init; }

    /// <summary>For a whole settlement. Default 90 s, as the official client.</summary>
    public TimeSpan SettleTimeout { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>For one verification or question. Default 15 s.</summary>
    public TimeSpan VerifyTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often a question that changes nothing is asked at most. Default 3.</summary>
    public int MaxAttempts { get; init; } = 3;

    /// <summary>Pause before it is asked again. Default 200 ms.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>A facilitator that wants to be asked later is given so much time at most; if it wants more, its refusal stands. Default 10 s.</summary>
    public TimeSpan MaxRetryAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Bounds of its answers. Default: those of the wire.</summary>
    public WireLimits Limits { get; init; } = new();

    /// <summary>Headers that authenticate us, made for each request by its endpoint's name ("verify", "settle", "supported"). Default none.</summary>
    public Func<string, CancellationToken, ValueTask<IReadOnlyList<KeyValuePair<string, string>>>>? Headers { get; init; }

    /// <summary>Every fault at once; empty when the options can be used.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>(Limits.Validate());
        if (!Address.IsAbsoluteUri || (Address.Scheme != Uri.UriSchemeHttp && Address.Scheme != Uri.UriSchemeHttps))
        {
            faults.Add("Address is no http or https address.");
        }

        CheckTime(faults, nameof(SettleTimeout), SettleTimeout);
        CheckTime(faults, nameof(VerifyTimeout), VerifyTimeout);
        if (MaxAttempts is < 1 or > 10)
        {
            faults.Add($"MaxAttempts is {MaxAttempts}; it must be 1 to 10.");
        }

        if (RetryDelay < TimeSpan.Zero || RetryDelay > TimeSpan.FromSeconds(30))
        {
            faults.Add($"RetryDelay is {RetryDelay}; it must be 0 to 30 seconds.");
        }

        if (MaxRetryAfter < TimeSpan.Zero || MaxRetryAfter > TimeSpan.FromMinutes(1))
        {
            faults.Add($"MaxRetryAfter is {MaxRetryAfter}; it must be 0 to 60 seconds.");
        }

        return faults;
    }

    private static void CheckTime(List<string> faults, string name, TimeSpan value)
    {
        if (value <= TimeSpan.Zero || value > TimeSpan.FromMinutes(10))
        {
            faults.Add($"{name} is {value}; it must be longer than zero and at most 10 minutes.");
        }
    }
}
