using Betar.Storage.Sqlite;

namespace Betar.Storage.Peers;

/// <summary>The peer table in a <see cref="BetarDatabase"/>.</summary>
internal sealed class SqlitePeerTable(BetarDatabase database) : IPeerTable
{
    public async ValueTask PutAsync(PeerTableRow row, int most, DateTimeOffset forgetBefore, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(most);
        await database.WriteAsync(new PeerWrite(row, most, forgetBefore, cancellationToken)).ConfigureAwait(false);
    }

    public ValueTask<PeerTableRow?> FindAsync(ReadOnlyMemory<byte> id, CancellationToken cancellationToken) =>
        database.ReadAsync<ReadOnlyMemory<byte>, PeerTableRow?>(id, static (reader, wanted) =>
        {
            SqliteStatement row = reader.Prepare("SELECT seen_at, known, worth FROM peer WHERE id = ?1").Bind(1, wanted.Span);
            try
            {
                return row.Step()
                    ? new PeerTableRow(wanted, DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(0)), row.GetBlob(1).ToArray(), (int)row.GetInt64(2))
                    : default(PeerTableRow?);
            }
            finally
            {
                row.Reset();
            }
        }, cancellationToken);

    public ValueTask<IReadOnlyList<PeerTableRow>> BestAsync(int most, CancellationToken cancellationToken) =>
        database.ReadAsync<int, IReadOnlyList<PeerTableRow>>(most, static (reader, wanted) =>
        {
            SqliteStatement rows = reader.Prepare("SELECT id, seen_at, known, worth FROM peer ORDER BY worth DESC, seen_at DESC, id LIMIT ?1").Bind(1, wanted);
            try
            {
                List<PeerTableRow> best = [];
                while (rows.Step())
                    best.Add(new PeerTableRow(rows.GetBlob(0).ToArray(), DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(1)), rows.GetBlob(2).ToArray(), (int)rows.GetInt64(3)));
                return best;
            }
            finally
            {
                rows.Reset();
            }
        }, cancellationToken);

    public ValueTask<int> CountAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(0, static (reader, _) =>
        {
            SqliteStatement count = reader.Prepare("SELECT count(*) FROM peer");
            try
            {
                return count.Step() ? (int)count.GetInt64(0) : 0;
            }
            finally
            {
                count.Reset();
            }
        }, cancellationToken);
}
