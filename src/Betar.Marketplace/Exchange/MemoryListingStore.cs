namespace Betar.Marketplace.Exchange;

/// <summary>Keeps rows as long as the process lives.</summary>
public sealed class MemoryListingStore : IListingStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ListingRow> _rows = new(StringComparer.Ordinal);

    public ValueTask<IReadOnlyList<ListingRow>> LoadAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
            return ValueTask.FromResult<IReadOnlyList<ListingRow>>([.. _rows.Values]);
    }

    public ValueTask PutAsync(IReadOnlyList<ListingRow> rows, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            foreach (var row in rows)
                _rows[row.Id] = row;
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask RemoveAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            foreach (var id in ids)
                _rows.Remove(id);
        }

        return ValueTask.CompletedTask;
    }
}
