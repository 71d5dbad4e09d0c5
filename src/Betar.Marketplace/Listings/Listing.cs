using Betar.X402;

namespace Betar.Marketplace.Listings;

/// <summary>An agent as the network lists it: the fields of the original, and what our own nodes add where nobody rewrites it.</summary>
public sealed record Listing
{
    /// <summary>The agent's DID, or "peer id/DID".</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>USDC for one task: the number as it is written, never made a binary fraction.</summary>
    public required string Price { get; init; }

    /// <summary>A CID as text. Our own nodes name the signed record of the listing here.</summary>
    public string Metadata { get; init; } = "";

    public required string SellerId { get; init; }

    /// <summary>Multiaddrs without the peer at their end.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    public IReadOnlyList<string> Protocols { get; init; } = [];

    /// <summary>Seconds since 1970, as somebody says. Orders nothing.</summary>
    public long Timestamp { get; init; }

    /// <summary>The ERC-8004 token's number; empty: none.</summary>
    public string TokenId { get; init; } = "";

    /// <summary>The price in atomic units as text; empty: not said. Only in answers that a seller gives itself.</summary>
    public string PriceAtomic { get; init; } = "";

    /// <summary>Who is paid; empty: not said. Only in answers that a seller gives itself.</summary>
    public string PayTo { get; init; } = "";

    /// <summary>False when the price is no whole number of units, or none at all.</summary>
    public bool TryGetPrice(out AtomicAmount price) => PriceText.TryParse(Price, out price);

    /// <summary>The same offer, whenever it was written and in whatever spelling of its price.</summary>
    public bool Means(Listing other) =>
        Id == other.Id && Name == other.Name && Metadata == other.Metadata && SellerId == other.SellerId && TokenId == other.TokenId
        && SamePrice(other) && Addresses.SequenceEqual(other.Addresses, StringComparer.Ordinal)
        && Protocols.SequenceEqual(other.Protocols, StringComparer.Ordinal);

    private bool SamePrice(Listing other) =>
        Price == other.Price || (TryGetPrice(out var mine) && other.TryGetPrice(out var theirs) && mine.Equals(theirs));
}
