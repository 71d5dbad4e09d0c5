using Betar.Ethereum;
using Betar.Storage.Database;
using Betar.Storage.Sqlite;
using Betar.X402;
using Betar.X402.Schemes.BatchSettlement;

namespace Betar.Storage.Channels;

/// <summary>Channels as rows.</summary>
internal static class ChannelRows
{
    public const string Select =
        "SELECT balance, claimed, charged, signed_max, signature, last_step, network, config, unclaimed_since FROM channel WHERE id = ?1";

    public const string Put =
        "INSERT OR REPLACE INTO channel (id, balance, claimed, charged, signed_max, signature, last_step, network, config, unclaimed_since) "
        + "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";

    // Amounts have no leading zeros: the longer text is the larger number.
    private const string SelectUnclaimed =
        "SELECT balance, claimed, charged, signed_max, signature, last_step, network, config, unclaimed_since, id FROM channel WHERE id > ?1 AND config IS NOT NULL "
        + "AND (length(charged) > length(claimed) OR (length(charged) = length(claimed) AND charged > claimed)) "
        + "AND id NOT IN (SELECT channel FROM claim_entry) ORDER BY id LIMIT ?2";

    /// <summary>Runs <see cref="Select"/>; null when there is no such channel.</summary>
    public static ChannelState? Read(SqliteStatement row, Hash32 id, string path)
    {
        Span<byte> key = stackalloc byte[Hash32.Size];
        id.CopyTo(key);
        row.Bind(1, key);
        try
        {
            return row.Step() ? StateOf(row, id, path) : null;
        }
        finally
        {
            row.Reset();
        }
    }

    /// <summary>Those with something to claim that are in no run, from behind this one on.</summary>
    public static List<ChannelState> ReadUnclaimed(Reader reader, Hash32? after, int most)
    {
        var row = reader.Prepare(SelectUnclaimed).Bind(1, after is { } last ? last.ToArray() : []).Bind(2, most);
        var path = reader.Connection.Path;
        var found = new List<ChannelState>();
        try
        {
            while (row.Step())
                found.Add(StateOf(row, IdOf(row, 9, path), path));
            return found;
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
        put = state.LastStep is null ? put.BindNull(7) : put.Bind(7, state.LastStep);
        put = state.Channel is { } channel
            ? put.Bind(8, channel.Network.ToString()).Bind(9, ChannelConfigBytes.Write(channel.Config))
            : put.BindNull(8).BindNull(9);
        (state.UnclaimedSince is { } since ? put.Bind(10, since.ToUnixTimeMilliseconds()) : put.BindNull(10)).Run();
    }

    public static Hash32 IdOf(SqliteStatement row, int column, string path) => row.GetBlob(column).Length == Hash32.Size
        ? new Hash32(row.GetBlob(column))
        : throw new StorageException(StorageFailure.Corrupt, $"A channel's id in {path} cannot be read; restore the file from a backup.");

    public static StorageException Unreadable(Hash32 id, string path) =>
        new(StorageFailure.Corrupt, $"The channel {id} in {path} cannot be read; restore the file from a backup.");

    private static ChannelState StateOf(SqliteStatement row, Hash32 id, string path) =>
        new(id, Amount(row, 0, id, path), Amount(row, 1, id, path), Amount(row, 2, id, path), Amount(row, 3, id, path), row.GetBlob(4).ToArray())
        {
            LastStep = row.IsNull(5) ? null : row.GetText(5),
            Channel = row.IsNull(7) ? null : ChannelOf(row, id, path),
            UnclaimedSince = row.IsNull(8) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(8)),
        };

    private static PaymentChannel ChannelOf(SqliteStatement row, Hash32 id, string path) =>
        NetworkId.TryParse(row.GetText(6), out var network) && ChannelConfigBytes.Read(row.GetBlob(7)) is { } config
            ? new PaymentChannel(network, id, config)
            : throw Unreadable(id, path);

    private static AtomicAmount Amount(SqliteStatement row, int column, Hash32 id, string path) => AtomicAmount.TryParse(row.GetText(column), out var amount)
        ? amount
        : throw Unreadable(id, path);
}
