using Betar.Marketplace.Exchange;
using Betar.Storage.Market;
using Betar.Storage.Sqlite;

namespace Betar.Storage.Listings;

/// <summary>Signed records, and what was found of their sellers, in a <see cref="MarketDatabase"/>. Times are kept to the millisecond.</summary>
internal sealed class SqliteListingStore(MarketDatabase database) : IListingStore
{
    public ValueTask<IReadOnlyList<ListingRow>> LoadAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<int, IReadOnlyList<ListingRow>>(0, static (reader, _) =>
        {
            SqliteStatement rows = reader.Prepare("SELECT id, record, last_success, successes, failures, latency_ms, checked FROM listing");
            try
            {
                List<ListingRow> all = [];
                while (rows.Step())
                    all.Add(Read(rows));
                return all;
            }
            finally
            {
                rows.Reset();
            }
        }, cancellationToken);

    public async ValueTask PutAsync(IReadOnlyList<ListingRow> rows, CancellationToken cancellationToken) =>
        await database.WriteAsync(new ListingWrite(rows, [], database.Prepared, cancellationToken)).ConfigureAwait(false);

    public async ValueTask RemoveAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        await database.WriteAsync(new ListingWrite([], ids, database.Prepared, cancellationToken)).ConfigureAwait(false);

    private static ListingRow Read(SqliteStatement row) => new(
        row.GetText(0), row.GetBlob(1).ToArray(), row.GetBlob(6).ToArray(), row.IsNull(2) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)), row.GetInt64(3), row.GetInt64(4),
        row.IsNull(5) ? null : TimeSpan.FromMilliseconds(row.GetInt64(5)));
}
