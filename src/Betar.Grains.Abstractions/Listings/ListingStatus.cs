namespace Betar.Grains.Abstractions.Listings;

/// <summary>What became of an agent's listing.</summary>
[GenerateSerializer, Immutable, Alias("betar.listing-status")]
public sealed record ListingStatus
{
    [Id(0)] public required string AgentId { get; init; }
    [Id(1)] public bool IsListed { get; init; }

    /// <summary>The version that is published; 0: none.</summary>
    [Id(2)] public ulong Version { get; init; }

    /// <summary>Why it is not listed; empty: it is, or nobody wants it to be.</summary>
    [Id(3)] public string Reason { get; init; } = "";
}
