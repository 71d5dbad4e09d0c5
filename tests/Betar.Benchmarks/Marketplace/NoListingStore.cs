using Betar.Marketplace.Exchange;

namespace Betar.Benchmarks.Marketplace;

/// <summary>Forgets every row.</summary>
internal sealed class NoListingStore : IListingStore
{
    public ValueTask<IReadOnlyList<ListingRow>> LoadAsync(CancellationToken cancellationToken) => ValueTask.FromResult<IReadOnlyList<ListingRow>>([]);

    public ValueTask PutAsync(IReadOnlyList<ListingRow> rows, CancellationToken cancellationToken) => default;

    public ValueTask RemoveAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken) => default;
}
