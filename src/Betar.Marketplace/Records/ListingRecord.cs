using Betar.Libp2p.Identity;
using Betar.Marketplace.Listings;
using Betar.X402;

namespace Betar.Marketplace.Records;

/// <summary>All that a seller signs of one listing. Of two records for one id the greater version counts.</summary>
public sealed record ListingRecord
{
    public required string Id { get; init; }

    public required PeerId Seller { get; init; }

    public required ulong Version { get; init; }

    /// <summary>To the second.</summary>
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>To the second. From then on nobody may take the record for the seller's word.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The seller takes its listing back. This too is a version, so that nobody else can.</summary>
    public bool Withdrawn { get; init; }

    public required string Name { get; init; }

    public string Description { get; init; } = "";

    /// <summary>Who is paid, as the network of <see cref="Network"/> writes it.</summary>
    public required string Payee { get; init; }

    public required AtomicAmount Price { get; init; }

    /// <summary>CAIP-2, for example <c>eip155:84532</c>.</summary>
    public required string Network { get; init; }

    /// <summary>The token's address on that network.</summary>
    public required string Token { get; init; }

    public IReadOnlyList<string> Addresses { get; init; } = [];

    public IReadOnlyList<string> Protocols { get; init; } = [];

    public IReadOnlyList<ListingSkill> Skills { get; init; } = [];

    public TaskBounds Bounds { get; init; } = new();

    public ServiceLevel Level { get; init; } = new();

    /// <summary>The agent's ERC-8004 token, so that nobody lends it another's reputation; empty: none.</summary>
    public string TokenId { get; init; } = "";

    /// <summary>The same offer, whatever its version and its times.</summary>
    public bool Offers(ListingRecord other) =>
        Id == other.Id && Seller == other.Seller && Withdrawn == other.Withdrawn && Name == other.Name && Description == other.Description
        && Payee == other.Payee && Price.Equals(other.Price) && Network == other.Network && Token == other.Token
        && TokenId == other.TokenId && Bounds == other.Bounds && Level == other.Level && Skills.SequenceEqual(other.Skills)
        && Addresses.SequenceEqual(other.Addresses, StringComparer.Ordinal) && Protocols.SequenceEqual(other.Protocols, StringComparer.Ordinal);

    /// <summary>The listing that carries this record through the network.</summary>
    public Listing ToListing(string metadata) => new()
    {
        Id = Id,
        Name = Name,
        Price = PriceText.Of(Price),
        Metadata = metadata,
        SellerId = Seller.ToString(),
        Addresses = Addresses,
        Protocols = Protocols,
        Timestamp = IssuedAt.ToUnixTimeSeconds(),
        TokenId = TokenId,
        PriceAtomic = Price.ToString(),
        PayTo = Payee,
    };
}
