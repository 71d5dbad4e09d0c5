using Betar.Ethereum;
using Betar.Storage.Sqlite;
using Betar.X402;
using SQLitePCL;

namespace Betar.Storage.Ledger;

/// <summary>Rows as values. Foreign bytes may be anything: a row that cannot be read names its bad column.</summary>
internal static class LedgerRows
{
    private const int Integer = raw.SQLITE_INTEGER, Text = raw.SQLITE_TEXT, Blob = raw.SQLITE_BLOB;
    private static readonly long FirstMillisecond = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long LastMillisecond = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();
    private static readonly (string Name, int Type)[] Types =
    [
        ("seq", Integer), ("network", Text), ("asset", Text), ("payer", Text), ("nonce", Text), ("idx", Integer), ("kind", Integer),
        ("at", Integer), ("agent", Text), ("amount", Text), ("reference", Text), ("body", Blob), ("previous_hash", Blob), ("hash", Blob),
    ];

    /// <summary>Reads columns in the order of <see cref="LedgerSql.Columns"/>.</summary>
    public static LedgerEntry? TryRead(SqliteStatement row, out string badColumn)
    {
        badColumn = WrongType(row);
        if (badColumn.Length > 0)
            return null;
        if (!TryReadKey(row, 1, out var key))
            badColumn = "network, asset, payer or nonce";
        else if (row.GetInt64(5) is < 0 or > int.MaxValue)
            badColumn = "idx";
        else if (!TryReadKind(row, 6, out var kind))
            badColumn = "kind";
        else if (!TryReadTime(row, 7, out var at))
            badColumn = "at";
        else if (!TryReadAmount(row, 9, out var amount) || !AssetSums.Fits(amount))
            badColumn = "amount";
        else if (!TryReadHash(row, 12, out var previous))
            badColumn = "previous_hash";
        else if (!TryReadHash(row, 13, out var hash))
            badColumn = "hash";
        else
            return new LedgerEntry(row.GetInt64(0), key, (int)row.GetInt64(5), kind, at, row.GetText(8), amount, row.GetText(10),
                row.GetBlob(11).ToArray(), previous, hash);
        return null;
    }

    /// <summary>For callers that cannot go on without the entry.</summary>
    public static LedgerEntry Read(SqliteStatement row, string path) =>
        TryRead(row, out var badColumn) ?? throw Unreadable(path, $"entry {row.GetInt64(0)}, column {badColumn}");

    public static StorageException Unreadable(string path, string what) => new(StorageFailure.Corrupt,
        $"The ledger in {path} is damaged ({what}); run \"betar ledger verify\" and restore it from a backup.");

    public static bool TryReadKey(SqliteStatement row, int column, out PaymentKey key)
    {
        key = default;
        if (!NetworkId.TryParse(row.GetText(column), out var network)
            || !TryReadAddress(row, column + 1, out var asset)
            || !TryReadAddress(row, column + 2, out var payer)
            || !Nonce.TryParse(row.GetText(column + 3), out var nonce))
            return false;
        key = new PaymentKey(network, asset, payer, nonce);
        return true;
    }

    /// <summary>One spelling only: another letter case would be another key to the UNIQUE index.</summary>
    public static bool TryReadAddress(SqliteStatement row, int column, out Address address)
    {
        var text = row.GetText(column);
        return Address.TryParse(text, out address) && !text.AsSpan().ContainsAnyInRange('A', 'Z');
    }

    public static bool TryReadHash(SqliteStatement row, int column, out Hash32 hash)
    {
        var bytes = row.GetBlob(column);
        hash = bytes.Length == Hash32.Size ? new Hash32(bytes) : default;
        return bytes.Length == Hash32.Size;
    }

    public static bool TryReadAmount(SqliteStatement row, int column, out AtomicAmount amount) =>
        AtomicAmount.TryParse(row.GetText(column), out amount);

    public static bool TryReadKind(SqliteStatement row, int column, out LedgerKind kind)
    {
        var number = row.GetInt64(column);
        kind = (LedgerKind)(byte)number;
        return number is >= byte.MinValue and <= byte.MaxValue && Enum.IsDefined(kind);
    }

    public static bool TryReadTime(SqliteStatement row, int column, out DateTimeOffset at)
    {
        var milliseconds = row.GetInt64(column);
        var readable = milliseconds >= FirstMillisecond && milliseconds <= LastMillisecond;
        at = readable ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : default;
        return readable;
    }

    public static LedgerCheckpoint? TryReadCheckpoint(SqliteStatement row)
    {
        if (!TryReadHash(row, 2, out var accumulator) || !TryReadTime(row, 3, out var at) || !TryReadHash(row, 4, out var previous)
            || !TryReadHash(row, 5, out var hash) || !Address.TryParse(row.GetText(6), out var signer))
            return null;
        return new LedgerCheckpoint(row.GetInt64(0), row.GetInt64(1), accumulator, at, previous, hash, signer, row.GetBlob(7).ToArray());
    }

    private static string WrongType(SqliteStatement row)
    {
        for (var column = 0; column < Types.Length; column++)
        {
            if (row.TypeOf(column) != Types[column].Type)
                return Types[column].Name;
        }

        return "";
    }
}
