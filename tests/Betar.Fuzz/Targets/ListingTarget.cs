using Betar.Marketplace.Listings;

namespace Betar.Fuzz.Targets;

/// <summary>Values of the replicated set, and announcements: what is taken is written and means the same.</summary>
internal sealed class ListingTarget : IFuzzTarget
{
    private readonly ListingLimits _limits = new();

    public string Name => "listing";

    public bool Take(byte[] input)
    {
        if (Announcement.TryDecode(input, _limits, out var announcement))
        {
            FuzzException.Unless(
                Announcement.TryDecode(announcement.Encode(), _limits, out var said) && said.Kind == announcement.Kind
                && said.Listing.Means(announcement.Listing), "an announcement does not come back");
        }

        if (!ListingJson.TryDecode(input, _limits, out var listing, out _))
            return announcement is not null;
        FuzzException.Unless(
            ListingJson.TryDecode(ListingJson.EncodeAnswer(listing), _limits, out var again, out _) && again.Means(listing)
            && again.Timestamp == listing.Timestamp && again.PayTo == listing.PayTo, "it does not come back");
        FuzzException.Unless(ListingKey.TryParse(ListingKey.Of(listing.Id), out var id) && id == listing.Id, "its key does not come back");
        FuzzException.Unless(!VisibleText.Of(listing.Name, 40).Any(char.IsControl), "its name is not harmless");
        return true;
    }
}
