using Betar.Marketplace.Exchange;
using Betar.Storage.Database;
using Betar.Storage.Sqlite;

namespace Betar.Storage.Listings;

/// <summary>Puts and removes rows of listings, all of them or none.</summary>
internal sealed class ListingWrite(IReadOnlyList<ListingRow> put, IReadOnlyList<string> removed, PreparedStatements prepared, CancellationToken cancellation)
    : WriteOperation<bool>(cancellation)
{
    private const string Put =
        "INSERT OR REPLACE INTO listing (id, record, last_success, successes, failures, latency_ms, checked) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";

    public override void Execute(SqliteConnection connection)
    {
        foreach (ListingRow row in put)
        {
            SqliteStatement statement = prepared.Get(connection, Put).Bind(1, row.Id).Bind(2, row.Record.Span);
            Bind(statement, 3, row.LastSuccess?.ToUnixTimeMilliseconds());
            statement.Bind(4, row.Successes).Bind(5, row.Failures);
            Bind(statement, 6, row.Latency?.Ticks / TimeSpan.TicksPerMillisecond);
            statement.Bind(7, row.Checked.Span).Run();
        }

        foreach (string id in removed)
            prepared.Get(connection, "DELETE FROM listing WHERE id = ?1").Bind(1, id).Run();
        Result = true;
    }

    private static void Bind(SqliteStatement statement, int index, long? value)
    {
        if (value is { } number)
            statement.Bind(index, number);
        else
            statement.BindNull(index);
    }
}
