using Betar.Storage.Database;
using Betar.Storage.Sqlite;
using Betar.X402;
using Betar.X402.Facilitating;
using Betar.X402.Wire;

namespace Betar.Storage.Settlements;

/// <summary>Takes a payment for one attempt, or reads how it stands. Lets a few go whose time is over.</summary>
internal sealed class SettlementTake(
    PreparedStatements statements, PaymentKey payment, string? attempt, DateTimeOffset keepUntil, DateTimeOffset now, bool hasRoom, CancellationToken cancellation)
    : WriteOperation<SettlementTaken>(cancellation)
{
    private readonly string key = payment.ToString();

    public override void Execute(SqliteConnection connection)
    {
        var gone = statements.Get(connection,
                "DELETE FROM settlement WHERE payment IN (SELECT payment FROM settlement WHERE keep_until < ?1 ORDER BY keep_until LIMIT 16)")
            .Bind(1, now.ToUnixTimeMilliseconds()).Run();
        var (found, kept, response) = Read(connection);
        if (!found)
        {
            if (hasRoom || gone > 0)
                Put(connection, "INSERT INTO settlement (payment, keep_until, attempt) VALUES (?1, ?3, ?2)").Bind(3, keepUntil.ToUnixTimeMilliseconds()).Run();
            Result = hasRoom || gone > 0 ? new SettlementTaken(SettlementEntry.Owner, 1 - gone) : new SettlementTaken(null, 0);
        }
        else if (response is null)
        {
            Put(connection, "UPDATE settlement SET attempt = ?2 WHERE payment = ?1").Run();
            Result = new SettlementTaken(SettlementEntry.Resumed, -gone);
        }
        else
        {
            var isRepeat = attempt is not null && attempt == kept;
            Result = new SettlementTaken(isRepeat ? SettlementEntry.Ended(response) : SettlementEntry.Taken(response.Transaction), -gone);
        }
    }

    private SqliteStatement Put(SqliteConnection connection, string sql)
    {
        var statement = statements.Get(connection, sql).Bind(1, key);
        return attempt is null ? statement.BindNull(2) : statement.Bind(2, attempt);
    }

    private (bool Found, string? Attempt, SettleResponse? Response) Read(SqliteConnection connection)
    {
        var row = statements.Get(connection, "SELECT attempt, response FROM settlement WHERE payment = ?1").Bind(1, key);
        try
        {
            if (!row.Step())
                return default;
            return (true, row.IsNull(0) ? null : row.GetText(0), row.IsNull(1) ? null : Parse(row.GetBlob(1), connection.Path));
        }
        finally
        {
            row.Reset();
        }
    }

    private SettleResponse Parse(ReadOnlySpan<byte> json, string path) => WireCodec.ParseSettled(json) is { IsOk: true } parsed
        ? parsed.Value
        : throw new StorageException(StorageFailure.Corrupt, $"The settlement of {key} in {path} cannot be read; restore the file from a backup.");
}
