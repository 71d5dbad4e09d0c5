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

        return faults;
    }
}
