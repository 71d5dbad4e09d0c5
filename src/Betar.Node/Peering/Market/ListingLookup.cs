using Betar.Marketplace;
using Betar.Marketplace.Listings;
using Betar.Marketplace.Search;
using Betar.Marketplace.Trust;
using Betar.Node.Errors;

namespace Betar.Node.Peering.Market;

/// <summary>The listing that a person means: by its id in any spelling, else by its name. Anybody may call his agent so: only one that is called so will do.</summary>
internal static class ListingLookup
{
    private const int MostShown = 20;

    /// <summary>A listing that buyers see.</summary>
    public static Checked<MarketListing> Find(IMarketplace market, string text)
    {
        if (market.Find(ListingId.Unescape(text)) is { } listing)
            return listing;
        SearchPage named = market.Search(new SearchQuery { Name = text, Limit = MostShown });
        return named.Items switch
        {
            [var only] => only,
            [] => Unknown(text),
            _ => ErrorCatalog.BadOptionValue.Refuse(
                $"{named.Matches} agents are called {VisibleText.Of(text)}", $"name one: {VisibleText.Of(string.Join(", ", named.Items.Select(item => item.Id)))}"),
        };
    }

    /// <summary>Whatever is known of an id, also of one that buyers do not see.</summary>
    public static async Task<Checked<WhyReport>> ExplainAsync(IMarketplace market, string text, CancellationToken cancellationToken)
    {
        if (await market.WhyAsync(ListingId.Unescape(text), cancellationToken) is { } why)
            return why;
        Checked<MarketListing> found = Find(market, text);
        if (!found.IsOk)
            return found.Refusal;
        return await market.WhyAsync(found.Value.Id, cancellationToken) is { } named ? named : Unknown(text);
    }

    private static CliRefusal Unknown(string text) => ErrorCatalog.UnknownListing.Refuse($"Nothing was heard of a listing {VisibleText.Of(text)}");
}
