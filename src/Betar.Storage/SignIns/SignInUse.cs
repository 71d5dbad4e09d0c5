using Betar.Storage.Database;
using Betar.Storage.Holding;
using Betar.Storage.Sqlite;

namespace Betar.Storage.SignIns;

/// <summary>Uses a nonce up, once. Lets a few go whose time is over.</summary>
internal sealed class SignInUse(PreparedStatements statements, byte[] nonce, long until, long now, bool hasRoom, CancellationToken cancellation)
    : WriteOperation<(bool IsFirst, RowUse Change)>(cancellation)
{
    public override void Execute(SqliteConnection connection)
    {
        var gone = statements.Get(connection,
                "DELETE FROM sign_in_used WHERE nonce IN (SELECT nonce FROM sign_in_used WHERE until <= ?1 ORDER BY until LIMIT 16)").Bind(1, now).Run();
        var isFirst = (hasRoom || gone > 0)
            && statements.Get(connection, "INSERT OR IGNORE INTO sign_in_used (nonce, until) VALUES (?1, ?2)").Bind(1, nonce).Bind(2, until).Run() > 0;
        Result = (isFirst, new RowUse((isFirst ? 1 : 0) - gone, 0));
    }
}
