namespace Betar.X402.Challenges;

/// <summary>How long quotes and their keys live.</summary>
public sealed class ChallengeOptions
{
    /// <summary>How long a quote may be paid. 1 s to 1 h; the original uses 5 minutes, which is the default.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a replaced key still verifies. At least <see cref="Lifetime"/>; default 10 minutes.</summary>
    public TimeSpan KeyGrace { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Every fault at once; empty when the options can be used.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();
        if (Lifetime < TimeSpan.FromSeconds(1) || Lifetime > TimeSpan.FromHours(1))
        {
            faults.Add($"Lifetime is {Lifetime}; it must be 1 second to 1 hour.");
        }

        if (KeyGrace < Lifetime)
        {
            faults.Add($"KeyGrace is {KeyGrace}; it must be at least Lifetime, {Lifetime}, or open quotes would die with a rotation.");
        }

        return faults;
    }
}
