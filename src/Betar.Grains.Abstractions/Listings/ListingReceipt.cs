namespace Betar.Grains.Abstractions.Listings;

/// <summary>How far a version of a listing has come.</summary>
[GenerateSerializer, Immutable, Alias("betar.listing-receipt")]
public sealed record ListingReceipt
{
    [Id(0)] public required string AgentId { get; init; }
    [Id(1)] public required ulong Version { get; init; }
    [Id(2)] public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>The CID of the signed record.</summary>
    [Id(3)] public required string Record { get; init; }

    /// <summary>The peers that hold it, the first one first. Others may, unknown to us.</summary>
    [Id(4)] public required List<ListingHolder> Holders { get; init; }

    /// <summary>The version says that the seller took the listing back.</summary>
    [Id(5)] public bool IsDelisted { get; init; }
}
