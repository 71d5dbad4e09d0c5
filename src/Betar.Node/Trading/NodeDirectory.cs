using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Abstractions.Results;
using Betar.Grains.Fleet;
using Betar.Grains.Trading;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;
using Betar.Marketplace;
using Betar.Marketplace.Search;
using Betar.Marketplace.Trust;

namespace Betar.Node.Trading;

/// <summary>
/// The fleet's agents by the offer book, everybody else's by the marketplace. What is called like one of the fleet is the fleet's, so that no
/// stranger's listing can come between an owner and his agents.
/// </summary>
/// <param name="offers">What this fleet sells.</param>
/// <param name="peerId">By whom sellers know this node.</param>
/// <param name="market">Null while the node is not on the network.</param>
/// <param name="reach">Where a peer was met, each address with the peer at its end.</param>
/// <param name="joined">Done once the node is on the network for the first time: what starts with the node, such as a workflow that goes on, waits for it.</param>
/// <param name="news">How long what was not heard of yet is waited for; null: not at all.</param>
internal sealed class NodeDirectory(
    IOfferBook offers, string peerId, Func<IMarketplace?> market, Func<PeerId, CancellationToken, Task<IReadOnlyList<string>>> reach,
    Func<Task>? joined = null, FirstNews? news = null) : IAgentDirectory
{
    private const int MostNamed = 5;

    public async ValueTask<Outcome<AgentOffer>> FindAsync(string agent, bool acceptUnverified, CancellationToken cancellationToken)
    {
        if (FindOwn(agent) is { } own)
            return Own(own);
        if (joined is not null)
            await joined().WaitAsync(cancellationToken);
        if (market() is not { } listings)
            return Unknown(agent);
        ValueTask<Outcome<AgentOffer>> Look() => FindAsync(listings, agent, acceptUnverified, cancellationToken);
        return news is null ? await Look() : await news.LookAsync(listings, Look, CanBeSaid, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<AgentOffer>> SearchAsync(string text, int limit, CancellationToken cancellationToken)
    {
        List<AgentOffer> found = [.. offers.All.Where(spec => Means(spec, text)).Take(limit).Select(Own)];
        if (market() is not { } listings)
            return found;
        foreach (MarketListing listing in listings.Search(new SearchQuery { Text = text, Limit = limit }).Items)
        {
            if (found.Count >= limit)
                break;
            if (listing.SellerId != peerId && listing.Trust != TrustLevel.Expired)
                found.Add(await DescribeAsync(listing, cancellationToken));
        }

        return found;
    }

    private async ValueTask<Outcome<AgentOffer>> FindAsync(IMarketplace listings, string agent, bool acceptUnverified, CancellationToken cancellationToken)
    {
        if (listings.Find(agent) is { } listing)
            return await OfferAsync(listing, acceptUnverified, cancellationToken);

        MarketListing[] named = [.. listings.Search(new SearchQuery { Text = agent, Limit = SearchQuery.MaxLimit }).Items.Where(item => item.Name == agent)];
        return named.Length switch
        {
            0 => Unknown(agent),
            1 => await OfferAsync(named[0], acceptUnverified, cancellationToken),
            _ => new Refusal
            {
                Code = RefusalCodes.AgentAmbiguous,
                Message = $"{named.Length} agents are called {VisibleText.Of(agent)}: {VisibleText.Of(string.Join(", ", named.Take(MostNamed).Select(item => item.Id)))}",
            },
        };
    }

    /// <summary>No news could make it another answer: it can be bought, or nobody knows which one is meant.</summary>
    private static bool CanBeSaid(Outcome<AgentOffer> found) =>
        found.IsOk ? found.Value.PayTo.Length > 0 || found.Value.PriceAtomic == "0" : found.Refusal.Code == RefusalCodes.AgentAmbiguous;

    private AgentSpec? FindOwn(string agent)
    {
        int slash = agent.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0 && agent[..slash] != peerId)
            return null;
        string id = slash < 0 ? agent : agent[(slash + 1)..];
        if (offers.TryGet(id, out AgentSpec? spec))
            return spec;
        AgentSpec[] named = slash < 0 ? [.. offers.All.Where(own => own.Name == agent).Take(2)] : [];
        return named is [var only] ? only : null;
    }

    private async ValueTask<Outcome<AgentOffer>> OfferAsync(MarketListing listing, bool acceptUnverified, CancellationToken cancellationToken)
    {
        if (listing.SellerId == peerId)
            return Unknown(listing.Id);
        if (!listing.MayBuy(acceptUnverified))
        {
            return new Refusal
            {
                Code = RefusalCodes.ListingUnverified,
                Message = $"The listing {VisibleText.Of(listing.Id)} is {MarketJson.Of(listing.Trust)}: its seller itself did not say so.",
            };
        }

        AgentOffer offer = await DescribeAsync(listing, cancellationToken);
        return offer.Seller.Length > 0 ? offer : new Refusal
        {
            Code = RefusalCodes.SellerUnreachable, Message = $"Nobody said where the seller of {VisibleText.Of(listing.Id)} is.", Retryable = true,
        };
    }

    private async Task<AgentOffer> DescribeAsync(MarketListing listing, CancellationToken cancellationToken) => new()
    {
        AgentId = listing.Id[(listing.Id.IndexOf('/', StringComparison.Ordinal) + 1)..],
        Name = listing.Name,
        Description = listing.Description,
        PriceAtomic = listing.PriceAtomic?.ToString() ?? "",
        PayTo = listing.PayTo ?? "",
        Seller = await WhereAsync(listing, cancellationToken),
        SellerId = listing.SellerId,
        Trust = MarketJson.Of(listing.Trust),
        KeepsFailed = listing.KeepsFailed,
    };

    /// <summary>Where the seller was really met comes first: what a listing names is only somebody's word.</summary>
    private async Task<string> WhereAsync(MarketListing listing, CancellationToken cancellationToken)
    {
        if (!PeerId.TryParse(listing.SellerId, out PeerId seller))
            return "";
        IEnumerable<string> listed = listing.Addresses
            .Select(text => Multiaddr.TryParse(text, out var address) ? address.WithoutPeer().WithPeer(seller).ToString() : "");
        return (await reach(seller, cancellationToken)).Concat(listed).FirstOrDefault(address => address.Length > 0) ?? "";
    }

    private AgentOffer Own(AgentSpec spec) => new()
    {
        AgentId = spec.AgentId, Name = spec.Name, Description = spec.Description, PriceAtomic = spec.PriceAtomic, PayTo = spec.PayTo, SellerId = peerId,
        KeepsFailed = spec.KeepsFailed,
    };

    private static bool Means(AgentSpec spec, string text) => text
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .All(word => spec.Name.Contains(word, StringComparison.OrdinalIgnoreCase) || spec.Description.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static Refusal Unknown(string agent) =>
        new() { Code = RefusalCodes.UnknownAgent, Message = $"Nobody lists an agent {VisibleText.Of(agent)}, as far as this node knows." };
}
