using Betar.Storage.Database;
using Betar.Storage.Sqlite;

namespace Betar.Storage.Peers;

/// <summary>Puts a peer's row. Only a peer that was not there makes others leave. The result says whether it was.</summary>
internal sealed class PeerWrite(PeerTableRow row, int most, DateTimeOffset forgetBefore, CancellationToken cancellation)
    : WriteOperation<bool>(cancellation)
{
    public override void Execute(SqliteConnection connection)
    {
        using SqliteStatement replace = connection.PrepareOnce("UPDATE peer SET seen_at = ?2, known = ?3, worth = ?4 WHERE id = ?1");
        Result = Put(replace) > 0;
        if (Result)
            return;
        using SqliteStatement insert = connection.PrepareOnce("INSERT INTO peer (id, seen_at, known, worth) VALUES (?1, ?2, ?3, ?4)");
        Put(insert);
        using SqliteStatement old = connection.PrepareOnce("DELETE FROM peer WHERE seen_at < ?1");
        old.Bind(1, forgetBefore.ToUnixTimeMilliseconds()).Run();
        using SqliteStatement many = connection.PrepareOnce(
            "DELETE FROM peer WHERE id IN (SELECT id FROM peer ORDER BY worth DESC, seen_at DESC, id LIMIT -1 OFFSET ?1)");
        many.Bind(1, most).Run();
    }

    private int Put(SqliteStatement statement) =>
        statement.Bind(1, row.Id.Span).Bind(2, row.SeenAt.ToUnixTimeMilliseconds()).Bind(3, row.Known.Span).Bind(4, row.Worth).Run();
}
