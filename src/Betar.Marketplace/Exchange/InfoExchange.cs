using System.Text;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Limits;
using Betar.Marketplace.Listings;
using Betar.Marketplace.Trust;

namespace Betar.Marketplace.Exchange;

/// <summary>
/// The question <c>info</c>. We answer with what we sell ourselves, and of an answer we take what the peer says of itself: the original
/// answers with all that it has ever heard and believes all that it is told.
/// </summary>
internal sealed class InfoExchange(
    IMarketNetwork network, MarketView view, ReceiptBook receipts, Func<IEnumerable<Listing>> own, MarketplaceOptions options, TimeProvider time)
{
    public const string Type = "info";

    private readonly PeerRates _questions = new(1 / options.Exchange.QuestionInterval.TotalSeconds, options.Exchange.QuestionBurst, options.Exchange.MaxRatedPeers, time);
    private readonly PeerRates _asked = new(1 / options.Exchange.InfoInterval.TotalSeconds, 1, options.Exchange.MaxRatedPeers, time);

    public IDisposable Serve() => network.Answer(AnswerAsync);

    /// <summary>Asks a peer what it sells, unless it was asked lately.</summary>
    public async Task AskAsync(PeerId peer, CancellationToken cancellationToken)
    {
        if (!_asked.TryTake(peer)
            || await network.AskAsync(peer, Type, default, MarketFrames.MaxBytes, cancellationToken) is not { } answer
            || !ListingJson.TryDecodeAnswers(answer.Span, options.Trust.Listings, options.Exchange.MaxInfoListings, out var listings))
        {
            return;
        }

        view.Seen(peer);
        var name = peer.ToString();
        HashSet<string> said = new(StringComparer.Ordinal);
        foreach (var listing in listings)
        {
            if (listing.SellerId == name && said.Add(listing.Id))
                view.Hear(peer, listing.Id, listing, WordSource.Info);
            else if (view.FindRecord(listing.Id) is { } record && record.Cid.ToString() == listing.Metadata)
                receipts.Note(peer, listing.Id, record.Record.Version);
        }

        // An answer that was cut says nothing of what is not in it.
        if (listings.Count >= options.Exchange.MaxInfoListings || answer.Length >= options.Exchange.MaxInfoBytes)
            return;
        foreach (var id in view.SpokenFor(peer).Where(id => !said.Contains(id)))
            view.Hear(peer, id, null, WordSource.Info);
    }

    private async ValueTask<ReadOnlyMemory<byte>> AnswerAsync(
        PeerId peer, string type, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        if (!_questions.TryTake(peer))
            return "too many questions"u8.ToArray();
        if (type == Type)
            return ListingJson.EncodeAnswers(own(), options.Exchange.MaxInfoBytes);
        return options.Handlers.TryGetValue(type, out var handler)
            ? await handler(peer, type, body, cancellationToken)
            : Encoding.UTF8.GetBytes($"unknown message type: {type}");
    }
}
