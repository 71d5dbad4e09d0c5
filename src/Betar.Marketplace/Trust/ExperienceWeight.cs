namespace Betar.Marketplace.Trust;

/// <summary>The usual weight: a signature costs a seller nothing, being paid by this node and delivering does.</summary>
public sealed class ExperienceWeight : IListingWeight
{
    private const long MostSuccesses = 1_000_000;

    public static ExperienceWeight Instance { get; } = new();

    public long Of(string seller, TrustLevel trust, long successes) => trust switch
    {
        TrustLevel.Own => long.MaxValue,
        TrustLevel.Verified => 1_000 + long.Min(successes, MostSuccesses),
        TrustLevel.Attested => 100 + long.Min(successes, MostSuccesses),
        TrustLevel.Disputed => 10,
        TrustLevel.Hearsay => 1,
        _ => 0,
    };
}
