using Betar.Marketplace.Records;
using Betar.X402;

namespace Betar.Marketplace.Selling;

/// <summary>What this node wants to be known to sell.</summary>
public sealed record ListingOffer
{
    /// <summary>The agent's DID, or "peer id/DID".</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    public string Description { get; init; } = "";

    public required AtomicAmount Price { get; init; }

    public required string Payee { get; init; }

    /// <summary>CAIP-2.</summary>
    public required string Network { get; init; }

    public required string Token { get; init; }

    /// <summary>Multiaddrs without the peer at their end.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    public IReadOnlyList<string> Protocols { get; init; } = [];

    public IReadOnlyList<ListingSkill> Skills { get; init; } = [];

    public TaskBounds Bounds { get; init; } = new();

    public ServiceLevel Level { get; init; } = new();

    public string TokenId { get; init; } = "";
}
