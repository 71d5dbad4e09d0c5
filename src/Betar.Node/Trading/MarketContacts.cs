using Betar.Grains.Trading;
using Betar.Marketplace;

namespace Betar.Node.Trading;

/// <summary>Tells the marketplace how its sellers behaved.</summary>
internal sealed class MarketContacts(Func<IMarketplace?> market) : IContactReports
{
    public void Report(AgentOffer offer, bool answered, TimeSpan latency)
    {
        if (market() is { } listings && listings.Find($"{offer.SellerId}/{offer.AgentId}") is { } listing)
            listings.ReportContact(listing.Id, answered, latency);
    }
}
