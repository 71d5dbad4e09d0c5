using Betar.Marketplace.Exchange;
using Betar.Marketplace.Listings;
using Betar.Marketplace.Replication;
using Betar.Marketplace.Trust;

namespace Betar.Marketplace.Tests.Support;

internal static class SpeakingExtensions
{
    /// <summary>A seller that is no node of ours says something of its own, in each of the ways that there are.</summary>
    public static async Task SayAsync(this Somebody seller, MarketWorld world, MarketPeer to, WordSource source, params Listing[] listings)
    {
        switch (source)
        {
            case WordSource.Announcement:
                foreach (var listing in listings)
                    await world.Topics.SayAsync(seller.Peer, new Announcement(AnnouncementKind.List, listing).Encode());
                break;
            case WordSource.Head:
                foreach (var listing in listings)
                    world.Set.Write(seller.Peer, [new ReplicaWrite(ListingKey.Of(listing.Id), ListingJson.Encode(listing))]);
                break;
            default:
                to.Network.Strangers[seller.Peer] = (_, _, _, _) => ValueTask.FromResult<ReadOnlyMemory<byte>>(ListingJson.EncodeAnswers(listings, 1 << 20));
                to.Network.Met(seller.Peer);
                await world.SettleAsync();
                break;
        }
    }
}
