using Betar.Libp2p.Identity;
using Betar.Marketplace.Listings;
using Betar.Marketplace.Records;
using Betar.X402;

namespace Betar.Marketplace.Selling;

/// <summary>What a node wants to be known to sell; signed, with a version and its times, it is a <see cref="ListingRecord"/>.</summary>
public record ListingOffer
{
    /// <summary>The agent's DID, or "peer id/DID".</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    public string Description { get; init; } = "";

    /// <summary>Who is paid, as the network of <see cref="Network"/> writes it.</summary>
    public required string Payee { get; init; }

    public required AtomicAmount Price { get; init; }

    /// <summary>CAIP-2, for example <c>eip155:84532</c>.</summary>
    public required string Network { get; init; }

    /// <summary>The token's address on that network.</summary>
    public required string Token { get; init; }

    /// <summary>Multiaddrs without the peer at their end.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    public IReadOnlyList<string> Protocols { get; init; } = [];

    public IReadOnlyList<ListingSkill> Skills { get; init; } = [];

    public TaskBounds Bounds { get; init; } = TaskBounds.Unsaid;

    public ServiceLevel Level { get; init; } = ServiceLevel.Unsaid;

    /// <summary>The agent's ERC-8004 token, so that nobody lends it another's reputation; empty: none.</summary>
    public string TokenId { get; init; } = "";

    /// <summary>The payment of work that failed is kept.</summary>
    public bool KeepsFailed { get; init; }

    /// <summary>The listing that says so to the network.</summary>
    /// <param name="seller">Who sells it.</param>
    /// <param name="at">When it says so.</param>
    /// <param name="metadata">The name of the signed record; empty: there is none.</param>
    public Listing ToListing(PeerId seller, DateTimeOffset at, string metadata = "") => new()
    {
        Id = Id,
        Name = Name,
        Price = PriceText.Of(Price),
        Metadata = metadata,
        SellerId = seller.ToString(),
        Addresses = Addresses,
        Protocols = Protocols,
        Timestamp = at.ToUnixTimeSeconds(),
        TokenId = TokenId,
        PriceAtomic = Price.ToString(),
        PayTo = Payee,
    };

    /// <summary>The same offer, field by field.</summary>
    protected bool IsSameOffer(ListingOffer other) =>
        Id == other.Id && Name == other.Name && Description == other.Description && Payee == other.Payee && Price.Equals(other.Price)
        && Network == other.Network && Token == other.Token && TokenId == other.TokenId && Bounds == other.Bounds && Level == other.Level && KeepsFailed == other.KeepsFailed
        && Skills.SequenceEqual(other.Skills) && Addresses.SequenceEqual(other.Addresses, StringComparer.Ordinal)
        && Protocols.SequenceEqual(other.Protocols, StringComparer.Ordinal);
}
