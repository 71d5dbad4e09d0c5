using Orleans.Concurrency;

namespace Betar.Grains.Abstractions.Listings;

/// <summary>[agent id] Keeps the agent's public listing true on the marketplace: publish, renew, delist.</summary>
[Alias("betar.IListingGrain")]
public interface IListingGrain : IGrainWithStringKey
{
    /// <summary>Publishes the agent as it is declared now; one that is not declared any more is delisted.</summary>
    [Alias("Publish")]
    Task<ListingStatus> Publish();

    /// <summary>The same, and nobody waits for it. What fails is tried again.</summary>
    [Alias("Refresh"), OneWay]
    Task Refresh();

    /// <summary>Signs a new version now, although the old one still holds.</summary>
    [Alias("Renew")]
    Task<ListingStatus> Renew();

    /// <summary>Takes the listing back everywhere. False: it was not listed.</summary>
    [Alias("Delist")]
    Task<bool> Delist();

    [Alias("GetStatus")]
    ValueTask<ListingStatus> GetStatus();

    /// <summary>Which peers are known to hold the present version, since when, a delisting's too; null: it was never listed.</summary>
    [Alias("GetReceipt")]
    ValueTask<ListingReceipt?> GetReceipt();
}
