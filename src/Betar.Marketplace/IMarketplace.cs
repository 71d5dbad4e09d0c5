using Betar.Marketplace.Records;
using Betar.Marketplace.Search;
using Betar.Marketplace.Selling;
using Betar.Marketplace.Trust;

namespace Betar.Marketplace;

/// <summary>Publishes what a node sells, finds what others sell, and says why. See <see cref="MarketplaceNode"/>.</summary>
public interface IMarketplace
{
    /// <summary>Raised after each change that buyers of this node see. Handlers must not block.</summary>
    event EventHandler<MarketChange>? Changed;

    /// <summary>What this node sells now, in the order of the ids.</summary>
    IReadOnlyList<ListingRecord> Own { get; }

    /// <summary>Publishes what is new or has changed, all of it together; what is published already is left alone.</summary>
    Task<IReadOnlyList<PublishResult>> PublishAsync(IReadOnlyList<ListingOffer> offers, CancellationToken cancellationToken);

    /// <summary>Takes listings back, everywhere.</summary>
    /// <returns>The ids that were listed.</returns>
    Task<IReadOnlyList<string>> WithdrawAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken);

    /// <summary>Signs a new version of a listing now. The marketplace does so itself in time.</summary>
    /// <returns>False: it is not listed.</returns>
    Task<bool> RenewAsync(string id, CancellationToken cancellationToken);

    SearchPage Search(SearchQuery query);

    /// <summary>By its id, or by the agent's DID or "peer id/DID", whichever of them it is listed under. Null: buyers see none.</summary>
    MarketListing? Find(string id);

    /// <summary>How far the present version of one of our listings has come; null: it is not ours.</summary>
    ValueTask<ConvergenceReceipt?> ReceiptAsync(string id, CancellationToken cancellationToken);

    /// <summary>Why a listing is shown as it is; null: nothing was ever heard of it.</summary>
    ValueTask<WhyReport?> WhyAsync(string id, CancellationToken cancellationToken);

    /// <summary>A sale to, or a probe of, a listing's seller has succeeded or failed.</summary>
    /// <param name="id">The listing.</param>
    /// <param name="answered">The seller delivered, or answered.</param>
    /// <param name="latency">How long it took, when it did.</param>
    void ReportContact(string id, bool answered, TimeSpan latency);
}
