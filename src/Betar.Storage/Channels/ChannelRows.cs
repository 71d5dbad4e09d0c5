using Betar.Ethereum;
using Betar.Storage.Sqlite;
using Betar.X402;
using Betar.X402.Schemes.BatchSettlement;

namespace Betar.Storage.Channels;

/// <summary>Channels as rows.</summary>
internal static class ChannelRows
{
    public const string Select = "SELECT balance, claimed, charged, signed_max, signature, last_step FROM channel WHERE id = ?1";

    public const string Put =
        "INSERT OR REPLACE INTO channel (id, balance, claimed, charged, signed_max, signature, last_step) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";

    /// <summary>Runs <see cref="Select"/>; null when there is no such channel.</summary>
    public static ChannelState? Read(SqliteStatement row, Hash32 id, string path)
    {
        Span<byte> key = stackalloc byte[Hash32.Size];
        id.CopyTo(key);
        row.Bind(1, key);
        try
        {
            return row.Step()
                ? new ChannelState(id, Amount(row, 0, id, path), Amount(row, 1, id, path), Amount(row, 2, id, path), Amount(row, 3, id, path), row.GetBlob(4).ToArray())
                {
                    LastStep = row.IsNull(5) ? null : row.GetText(5),
                }
                : null;
        }
        finally
        {
            row.Reset();
        }
    }

    /// <summary>Runs <see cref="Put"/>.</summary>
    public static void Write(SqliteStatement put, ChannelState state)
    {
        Span<byte> key = stackalloc byte[Hash32.Size];
        state.ChannelId.CopyTo(key);
        put.Bind(1, key).Bind(2, state.Balance.ToString()).Bind(3, state.TotalClaimed.ToString()).Bind(4, state.Charged.ToString())
            .Bind(5, state.SignedMax.ToString()).Bind(6, state.Signature.Span);
        (state.LastStep is null ? put.BindNull(7) : put.Bind(7, state.LastStep)).Run();
    }

    private static AtomicAmount Amount(SqliteStatement row, int column, Hash32 id, string path) => AtomicAmount.TryParse(row.GetText(column), out var amount)
        ? amount
        : throw new StorageException(StorageFailure.Corrupt, $"The channel {id} in {path} cannot be read; restore the file from a backup.");
}
