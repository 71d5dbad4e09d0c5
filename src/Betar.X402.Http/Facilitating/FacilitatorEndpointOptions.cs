using Betar.X402.Wire;

namespace Betar.X402.Http.Facilitating;

/// <summary>What a facilitator's endpoints take.</summary>
public sealed class FacilitatorEndpointOptions
{
    /// <summary>Bounds of bodies. Default: those of the wire.</summary>
    public WireLimits Limits { get; init; } = new();

    /// <summary>What <c>/discovery/resources</c> shows. Default: nothing.</summary>
    public IResourceCatalog Catalog { get; init; } = EmptyCatalog.Instance;

    /// <summary>Entries on a page when nobody says otherwise. Default 20.</summary>
    public int PageSize { get; init; } = 20;

    /// <summary>Most entries on a page. Default 100.</summary>
    public int MaxPageSize { get; init; } = 100;

    /// <summary>Requests of one address in a minute, of one network of version 6 as of one address; not those to health and readiness. 1 to 1,000,000; default null: as many as come.</summary>
    public int? RequestsPerAddress { get; init; }

    /// <summary>Addresses that are counted apart; those beyond share one count. 1 to 10,000,000; default 100,000.</summary>
    public int MaxAddresses { get; init; } = 100_000;

    /// <summary>Settlements under way at once. 1 to 1,000,000; default 4,096.</summary>
    public int MaxSettles { get; init; } = 4_096;

    /// <summary>How long to wait when too many settlements are under way. A second to a minute; default 1 s.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The clock of the limits. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Says in a word what is missing before a request can be served, for <c>/ready</c>; null when nothing is. Default: nothing is ever missing.</summary>
    public Func<CancellationToken, ValueTask<string?>> Missing { get; init; } = static _ => ValueTask.FromResult<string?>(null);

    /// <summary>Every fault at once; empty when the options can be used.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>(Limits.Validate());
        if (MaxPageSize is < 1 or > 1000)
        {
            faults.Add($"MaxPageSize is {MaxPageSize}; it must be 1 to 1000.");
        }

        if (PageSize < 1 || PageSize > MaxPageSize)
        {
            faults.Add($"PageSize is {PageSize}; it must be 1 to MaxPageSize.");
        }

        Check(faults, nameof(RequestsPerAddress), RequestsPerAddress ?? 1, 1_000_000);
        Check(faults, nameof(MaxAddresses), MaxAddresses, 10_000_000);
        Check(faults, nameof(MaxSettles), MaxSettles, 1_000_000);
        if (RetryAfter < TimeSpan.FromSeconds(1) || RetryAfter > TimeSpan.FromMinutes(1))
        {
            faults.Add($"RetryAfter is {RetryAfter}; it must be a second to a minute.");
        }

        return faults;
    }

    private static void Check(List<string> faults, string name, int value, int most)
    {
        if (value < 1 || value > most)
        {
            faults.Add($"{name} is {value}; it must be 1 to {most}.");
        }
    }
}
