using System.Diagnostics.CodeAnalysis;
using Betar.Libp2p.Identity;
using Betar.Marketplace.Listings;
using Betar.Marketplace.Selling;

namespace Betar.Marketplace.Records;

/// <summary>All that a seller signs of one listing. Of two records for one id the greater version counts.</summary>
public sealed record ListingRecord : ListingOffer
{
    public ListingRecord()
    {
    }

    /// <summary>This offer, as a seller signs it.</summary>
    [SetsRequiredMembers]
    public ListingRecord(ListingOffer offer, PeerId seller, ulong version, DateTimeOffset issuedAt, DateTimeOffset expiresAt)
        : base(offer) => (Seller, Version, IssuedAt, ExpiresAt) = (seller, version, issuedAt, expiresAt);

    public required PeerId Seller { get; init; }

    public required ulong Version { get; init; }

    /// <summary>To the second.</summary>
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>To the second. From then on nobody may take the record for the seller's word.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The seller takes its listing back. This too is a version, so that nobody else can.</summary>
    public bool Withdrawn { get; init; }

    /// <summary>The same offer, whatever its version and its times.</summary>
    public bool Offers(ListingRecord other) => Seller == other.Seller && Withdrawn == other.Withdrawn && IsSameOffer(other);

    /// <summary>The listing that carries this record through the network.</summary>
    public Listing ToListing(string metadata) => ToListing(Seller, IssuedAt, metadata);
}
