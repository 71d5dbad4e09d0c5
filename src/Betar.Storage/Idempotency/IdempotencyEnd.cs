using Betar.Storage.Database;
using Betar.Storage.Sqlite;

namespace Betar.Storage.Idempotency;

/// <summary>Keeps the answer of the first request with a key; without one, lets the key go. The result: by how many rows less is kept.</summary>
internal sealed class IdempotencyEnd(PreparedStatements statements, byte[] key, KeptAnswer? answer) : WriteOperation<int>(CancellationToken.None)
{
    public override void Execute(SqliteConnection connection)
    {
        if (answer is null)
        {
            Result = statements.Get(connection, "DELETE FROM idempotency_key WHERE key = ?1 AND status IS NULL").Bind(1, key).Run();
            return;
        }

        statements.Get(connection, "UPDATE idempotency_key SET status = ?2, content_type = ?3, body = ?4 WHERE key = ?1")
            .Bind(1, key).Bind(2, answer.Status).Bind(3, answer.ContentType).Bind(4, answer.Body.Span).Run();
        Result = 0;
    }
}
