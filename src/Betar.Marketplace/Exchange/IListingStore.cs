namespace Betar.Marketplace.Exchange;

/// <summary>Where signed records, and what this node found of their sellers, outlive a restart.</summary>
public interface IListingStore
{
    /// <summary>All rows, in no order.</summary>
    ValueTask<IReadOnlyList<ListingRow>> LoadAsync(CancellationToken cancellationToken);

    /// <summary>Completes when all of them are kept, or none.</summary>
    ValueTask PutAsync(IReadOnlyList<ListingRow> rows, CancellationToken cancellationToken);

    ValueTask RemoveAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken);
}
