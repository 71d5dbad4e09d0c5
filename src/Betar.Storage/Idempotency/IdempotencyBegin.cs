using Betar.Storage.Database;
using Betar.Storage.Holding;
using Betar.Storage.Sqlite;

namespace Betar.Storage.Idempotency;

/// <summary>Takes a key for a request, or reads what became of the request that has it. Lets a few go whose time is over.</summary>
internal sealed class IdempotencyBegin(
    PreparedStatements statements, byte[] key, byte[] fingerprint, DateTimeOffset keepUntil, DateTimeOffset now, bool hasRoom, CancellationToken cancellation)
    : WriteOperation<(IdempotencyEntry Entry, RowUse Change)>(cancellation)
{
    public override void Execute(SqliteConnection connection)
    {
        RowUse gone = Sweep(connection);
        if (Find(connection) is { } known)
        {
            Result = (known, gone);
            return;
        }

        if (!hasRoom && gone.Entries == 0)
        {
            Result = (new IdempotencyEntry(IdempotencyState.Full), gone);
            return;
        }

        statements.Get(connection, "INSERT INTO idempotency_key (key, fingerprint, keep_until) VALUES (?1, ?2, ?3)")
            .Bind(1, key).Bind(2, fingerprint).Bind(3, keepUntil.ToUnixTimeMilliseconds()).Run();
        Result = (new IdempotencyEntry(IdempotencyState.First), gone + new RowUse(1, 0));
    }

    // Those under way go with the process that does them, not before.
    private RowUse Sweep(SqliteConnection connection)
    {
        long until = now.ToUnixTimeMilliseconds(), entries = 0, bytes = 0;
        var old = statements.Get(connection,
            "SELECT length(body) FROM idempotency_key WHERE keep_until <= ?1 AND status IS NOT NULL ORDER BY keep_until LIMIT 16").Bind(1, until);
        while (old.Step())
        {
            entries++;
            bytes += old.GetInt64(0);
        }

        old.Reset();
        if (entries > 0)
            statements.Get(connection,
                "DELETE FROM idempotency_key WHERE key IN (SELECT key FROM idempotency_key WHERE keep_until <= ?1 AND status IS NOT NULL ORDER BY keep_until LIMIT 16)").Bind(1, until).Run();
        return new RowUse(-entries, -bytes);
    }

    private IdempotencyEntry? Find(SqliteConnection connection)
    {
        var row = statements.Get(connection, "SELECT fingerprint, status, content_type, body FROM idempotency_key WHERE key = ?1").Bind(1, key);
        try
        {
            if (!row.Step())
                return null;
            if (!row.GetBlob(0).SequenceEqual(fingerprint))
                return new IdempotencyEntry(IdempotencyState.Conflict);
            return row.IsNull(1)
                ? new IdempotencyEntry(IdempotencyState.UnderWay)
                : new IdempotencyEntry(IdempotencyState.Done, new KeptAnswer((int)row.GetInt64(1), row.GetText(2), row.GetBlob(3).ToArray()));
        }
        finally
        {
            row.Reset();
        }
    }
}
