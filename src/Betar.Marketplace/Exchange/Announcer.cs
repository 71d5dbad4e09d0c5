using Betar.Libp2p.Limits;
using Betar.Libp2p.PubSub;
using Betar.Marketplace.Listings;
using Betar.Marketplace.Trust;

namespace Betar.Marketplace.Exchange;

/// <summary>
/// The topic of announcements. What a seller announces of its own is its word; whatever else stands there is passed over, never passed on and
/// never written anywhere, since an original node does all three with everything.
/// </summary>
internal sealed class Announcer : IAsyncDisposable
{
    private readonly MarketView _view;
    private readonly ListingLimits _limits;
    private readonly PeerRates _rates;
    private readonly ITopic _topic;

    public Announcer(IPubSub pubsub, MarketView view, ListingLimits limits, ExchangeOptions options, TimeProvider time)
    {
        (_view, _limits) = (view, limits);
        _rates = new PeerRates(1 / options.AnnouncementInterval.TotalSeconds, options.AnnouncementBurst, options.MaxRatedPeers, time);
        _topic = pubsub.Join(Announcement.Topic, TakeAsync, new TopicOptions { MaxMessageBytes = limits.MaxBytes });
    }

    public ValueTask<int> TellAsync(AnnouncementKind kind, Listing listing, CancellationToken cancellationToken) =>
        _topic.PublishAsync(new Announcement(kind, listing).Encode(), cancellationToken);

    public ValueTask DisposeAsync() => _topic.DisposeAsync();

    private ValueTask<MessageVerdict> TakeAsync(PubSubMessage message, CancellationToken cancellationToken) => ValueTask.FromResult(Take(message));

    private MessageVerdict Take(PubSubMessage message)
    {
        if (!_rates.TryTake(message.Author))
            return MessageVerdict.Ignore;
        if (!Announcement.TryDecode(message.Data.Span, _limits, out var announcement))
            return MessageVerdict.Reject;
        if (announcement.Listing.SellerId != message.Author.ToString())
            return MessageVerdict.Ignore;
        _view.Seen(message.Author);
        _view.Hear(
            message.Author, announcement.Listing.Id, announcement.Kind == AnnouncementKind.Delist ? null : announcement.Listing,
            WordSource.Announcement);
        return MessageVerdict.Accept;
    }
}
