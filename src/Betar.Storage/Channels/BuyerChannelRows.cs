using Betar.Ethereum;
using Betar.Storage.Sqlite;
using Betar.X402;
using Betar.X402.Schemes.BatchSettlement;

namespace Betar.Storage.Channels;

/// <summary>A payer's channels as rows.</summary>
internal static class BuyerChannelRows
{
    public const string Select = "SELECT balance, charged, signed_max, filling, waiting, until, doubt, assumes_charged FROM buyer_channel WHERE id = ?1";

    public const string Put =
        "INSERT OR REPLACE INTO buyer_channel (id, balance, charged, signed_max, filling, waiting, until, doubt, assumes_charged) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";

    /// <summary>Runs <see cref="Select"/>; null when there is no such channel.</summary>
    public static BuyerChannel? Read(SqliteStatement row, Hash32 id, string path)
    {
        row.Bind(1, id.ToArray());
        try
        {
            return !row.Step() ? null : new BuyerChannel(id, Amount(row, 0, id, path), Amount(row, 1, id, path), Amount(row, 2, id, path), Amount(row, 3, id, path), Maybe(row, 4, id, path))
            {
                Until = row.IsNull(5) ? null : new DateTimeOffset(row.GetInt64(5), TimeSpan.Zero),
                Doubt = Maybe(row, 6, id, path),
                AssumesCharged = row.GetInt64(7) != 0,
            };
        }
        finally
        {
            row.Reset();
        }
    }

    /// <summary>Runs <see cref="Put"/>.</summary>
    public static void Write(SqliteStatement put, BuyerChannel channel)
    {
        put.Bind(1, channel.Id.ToArray()).Bind(2, channel.Balance.ToString()).Bind(3, channel.Charged.ToString()).Bind(4, channel.SignedMax.ToString())
            .Bind(5, channel.Filling.ToString()).Bind(9, channel.AssumesCharged ? 1 : 0);
        put = channel.Waiting is { } waiting ? put.Bind(6, waiting.ToString()) : put.BindNull(6);
        put = channel.Until is { } until ? put.Bind(7, until.UtcTicks) : put.BindNull(7);
        (channel.Doubt is { } doubt ? put.Bind(8, doubt.ToString()) : put.BindNull(8)).Run();
    }

    private static AtomicAmount? Maybe(SqliteStatement row, int column, Hash32 id, string path) => row.IsNull(column) ? null : Amount(row, column, id, path);

    private static AtomicAmount Amount(SqliteStatement row, int column, Hash32 id, string path) => AtomicAmount.TryParse(row.GetText(column), out var amount)
        ? amount
        : throw ChannelRows.Unreadable(id, path);
}
