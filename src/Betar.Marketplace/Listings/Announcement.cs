using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Betar.Marketplace.Listings;

/// <summary>A message on <c>betar/marketplace/listings</c>: a listing's change, told to everybody at once.</summary>
public sealed record Announcement(AnnouncementKind Kind, Listing Listing)
{
    public const string Topic = "betar/marketplace/listings";

    public byte[] Encode() => new GoJson()
        .Text("type", Kind switch { AnnouncementKind.List => "list", AnnouncementKind.Delist => "delist", _ => "update" })
        .Text("agentId", Listing.Id)
        .Text("name", Listing.Name)
        .Number("price", Listing.Price)
        .Text("metadata", Listing.Metadata)
        .Text("sellerId", Listing.SellerId)
        .TextsIfAny("addrs", Listing.Addresses)
        .TextsIfAny("protocols", Listing.Protocols)
        .Number("timestamp", Listing.Timestamp.ToString(CultureInfo.InvariantCulture))
        .TextIfAny("tokenId", Listing.TokenId)
        .ToBytes();

    public static bool TryDecode(ReadOnlySpan<byte> message, ListingLimits limits, [NotNullWhen(true)] out Announcement? announcement)
    {
        var fields = new ListingFields(limits);
        announcement = fields.Read(message, "agentId") != ListingFault.None ? null : new Announcement(
            fields.Type switch { "list" => AnnouncementKind.List, "delist" => AnnouncementKind.Delist, _ => AnnouncementKind.Update },
            fields.ToListing());
        return announcement is not null;
    }
}
