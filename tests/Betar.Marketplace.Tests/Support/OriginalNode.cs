using Betar.Libp2p.PubSub;
using Betar.Marketplace.Listings;
using Betar.Marketplace.Replication;

namespace Betar.Marketplace.Tests.Support;

/// <summary>A node as the original is: what it hears on the topic of announcements it writes into the set as its own, whoever says it.</summary>
internal sealed class OriginalNode : IDisposable
{
    private readonly MarketWorld _world;
    private readonly Somebody _somebody;
    private readonly Dictionary<string, Listing> _heard = [];

    public OriginalNode(MarketWorld world, byte seed)
    {
        (_world, _somebody) = (world, new Somebody(seed));
        world.Topics.For(_somebody.Peer).Join(Announcement.Topic, Take);
    }

    public int Blocks => _world.Set.BlocksOf(_somebody.Peer);

    public Somebody Somebody => _somebody;

    /// <summary>The topic's messages come again, as on its 30 second timer.</summary>
    public void RewriteAll()
    {
        foreach (var listing in _heard.Values)
            Write(listing);
    }

    public void Dispose() => _somebody.Dispose();

    private ValueTask<MessageVerdict> Take(PubSubMessage message, CancellationToken cancellationToken)
    {
        Assert.True(Announcement.TryDecode(message.Data.Span, new ListingLimits(), out var announcement));
        _heard[announcement.Listing.Id] = announcement.Listing;
        if (announcement.Kind == AnnouncementKind.Delist)
            _world.Set.Write(_somebody.Peer, [new ReplicaWrite(ListingKey.Of(announcement.Listing.Id), null)]);
        else
            Write(announcement.Listing);
        return ValueTask.FromResult(MessageVerdict.Accept);
    }

    private void Write(Listing listing) => _world.Set.Write(
        _somebody.Peer,
        [new ReplicaWrite(ListingKey.Of(listing.Id), ListingJson.Encode(listing with { Timestamp = _world.Time.GetUtcNow().ToUnixTimeSeconds(), PayTo = "" }))]);
}
