using Betar.Marketplace.Records;
using Betar.X402;

namespace Betar.Marketplace.Trust;

/// <summary>A listing as buyers of this node see it. Its texts are a stranger's: <see cref="Listings.VisibleText"/> stands between them and a screen.</summary>
public sealed record MarketListing
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public string Description { get; init; } = "";

    /// <summary>USDC as a number's text.</summary>
    public required string Price { get; init; }

    /// <summary>Null: the price is no whole number of units, so nobody can pay it.</summary>
    public AtomicAmount? PriceAtomic { get; init; }

    public required string SellerId { get; init; }

    public IReadOnlyList<string> Addresses { get; init; } = [];

    public IReadOnlyList<string> Protocols { get; init; } = [];

    /// <summary>Who is paid; from a signed record or from the seller's own answer. Null: ask the seller.</summary>
    public string? PayTo { get; init; }

    public string? Network { get; init; }

    public string? Token { get; init; }

    public IReadOnlyList<ListingSkill> Skills { get; init; } = [];

    public TaskBounds? Bounds { get; init; }

    public ServiceLevel? Level { get; init; }

    /// <summary>The seller signed that it keeps the payment of work that failed.</summary>
    public bool KeepsFailed { get; init; }

    public string Metadata { get; init; } = "";

    public string TokenId { get; init; } = "";

    public required TrustLevel Trust { get; init; }

    /// <summary>Others have tried to change it. What is shown is what the seller said.</summary>
    public bool Contested { get; init; }

    /// <summary>Of the signed record; 0: there is none.</summary>
    public ulong Version { get; init; }

    /// <summary>When this node learned what it shows.</summary>
    public required DateTimeOffset Since { get; init; }

    public DateTimeOffset? Expires { get; init; }

    /// <summary>When the seller, or anybody who speaks of it, was last heard.</summary>
    public required DateTimeOffset LastSeen { get; init; }

    public DateTimeOffset? LastSuccess { get; init; }

    public TimeSpan? Latency { get; init; }

    /// <summary>In how many of 10,000 tries it answered; null: never tried.</summary>
    public int? SuccessRate { get; init; }

    public bool IsAlive { get; init; }

    /// <summary>Hearsay and disputed listings are bought only by who accepts that, expired ones by nobody.</summary>
    public bool MayBuy(bool acceptUnverified) => Trust switch
    {
        TrustLevel.Own or TrustLevel.Verified or TrustLevel.Attested => true,
        TrustLevel.Hearsay or TrustLevel.Disputed => acceptUnverified,
        _ => false,
    };
}
