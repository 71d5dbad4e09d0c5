namespace Betar.Grains.Abstractions.Listings;

/// <summary>A peer that is known to hold a version.</summary>
[GenerateSerializer, Immutable, Alias("betar.listing-holder")]
public sealed record ListingHolder
{
    [Id(0)] public required string Peer { get; init; }
    [Id(1)] public required DateTimeOffset Since { get; init; }
}
