namespace Betar.Marketplace.Trust;

/// <summary>Buyers see something else from now on.</summary>
/// <param name="Id">Of which listing.</param>
/// <param name="Listing">Null: it is not shown any more.</param>
public sealed record MarketChange(string Id, MarketListing? Listing);
