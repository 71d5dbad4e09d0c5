namespace Betar.X402.Extensions.SignInWithX;

/// <summary>Who may sign in where.</summary>
public sealed class SignInOptions
{
    /// <summary>The server as its callers know it: scheme, host and port.</summary>
    public required Uri Origin { get; init; }

    /// <summary>The chains whose accounts are taken. Default: Base Sepolia.</summary>
    public IReadOnlyCollection<NetworkId> Networks { get; init; } = [NetworkId.BaseSepolia];

    /// <summary>How old a message may be. Default 5 minutes.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How far clocks may differ. Default 15 s.</summary>
    public TimeSpan ClockTolerance { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Every fault at once; empty when the options can be used.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();
        if (!Origin.IsAbsoluteUri || (Origin.Scheme != Uri.UriSchemeHttp && Origin.Scheme != Uri.UriSchemeHttps))
        {
            faults.Add($"Origin is {Origin}; it must be an http or https address.");
        }

        if (Networks.Count == 0)
        {
            faults.Add("Networks is empty; it must name at least one.");
        }

        if (MaxAge <= TimeSpan.Zero || MaxAge > TimeSpan.FromHours(24))
        {
            faults.Add($"MaxAge is {MaxAge}; it must be longer than zero and at most a day.");
        }

        if (ClockTolerance < TimeSpan.Zero || ClockTolerance > TimeSpan.FromMinutes(5))
        {
            faults.Add($"ClockTolerance is {ClockTolerance}; it must be 0 to 5 minutes.");
        }

        return faults;
    }
}
