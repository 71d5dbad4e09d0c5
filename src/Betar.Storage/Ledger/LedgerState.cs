using Betar.Ethereum;
using Betar.Storage.Sqlite;
using Betar.X402;

namespace Betar.Storage.Ledger;

/// <summary>Reads what is kept beside the entries: head, sums, open orders. The caller gives prepared statements.</summary>
internal static class LedgerState
{
    public static LedgerBook Load(SqliteConnection connection, Func<string, SqliteStatement> prepare)
    {
        var book = new LedgerBook();
        var path = connection.Path;
        ReadHead(book, prepare(LedgerSql.ReadHead), path);
        ReadTotals(book.Sums, prepare(LedgerSql.ReadTotals), path);
        ReadOpen(book, prepare(LedgerSql.ReadOpen), path);
        var last = prepare(LedgerSql.LastCheckpoint);
        if (last.Step() && LedgerRows.TryReadHash(last, 1, out var hash))
        {
            book.CheckpointedEntries = last.GetInt64(0);
            book.LastCheckpointHash = hash;
        }

        last.Reset();
        return book;
    }

    public static void ReadHead(LedgerBook book, SqliteStatement row, string path)
    {
        if (!row.Step() || !LedgerRows.TryReadHash(row, 2, out var accumulator))
        {
            row.Reset();
            throw LedgerRows.Unreadable(path, "table ledger_head");
        }

        book.Entries = row.GetInt64(0);
        book.Orders = row.GetInt64(1);
        book.Accumulator = accumulator;
        book.Checkpoints = row.GetInt64(3);
        row.Reset();
    }

    public static void ReadTotals(LedgerSums into, SqliteStatement row, string path)
    {
        try
        {
            while (row.Step())
            {
                if (!NetworkId.TryParse(row.GetText(0), out var network) || !LedgerRows.TryReadAddress(row, 1, out var asset)
                    || !LedgerRows.TryReadAmount(row, 2, out var came) || !LedgerRows.TryReadAmount(row, 3, out var delivered)
                    || !LedgerRows.TryReadAmount(row, 4, out var refunded) || !LedgerRows.TryReadAmount(row, 5, out var held))
                    throw LedgerRows.Unreadable(path, "table ledger_totals");
                var sums = into.For(network, asset);
                (sums.In, sums.Delivered, sums.Refunded, sums.Held) = (came, delivered, refunded, held);
            }
        }
        finally
        {
            row.Reset();
        }
    }

    private static void ReadOpen(LedgerBook book, SqliteStatement row, string path)
    {
        try
        {
            while (row.Step())
            {
                if (!LedgerRows.TryReadKey(row, 2, out var key) || !LedgerRows.TryReadKind(row, 7, out var kind)
                    || !LedgerRows.TryReadAmount(row, 8, out var amount) || !LedgerRows.TryReadHash(row, 9, out var hash))
                    throw LedgerRows.Unreadable(path, $"entry {row.GetInt64(1)}");
                book.Open[key] = new OrderTail(row.GetInt64(0), row.GetInt64(1), (int)row.GetInt64(6), kind, amount, hash);
            }
        }
        finally
        {
            row.Reset();
        }
    }
}
