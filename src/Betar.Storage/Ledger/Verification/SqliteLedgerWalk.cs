using Betar.Storage.Database;
using Betar.Storage.Sqlite;

namespace Betar.Storage.Ledger;

/// <summary>Verifies the ledger of a file within one snapshot, so that a node may go on writing.</summary>
internal sealed class SqliteLedgerWalk
{
    private const string LinkColumns = "seq, network, asset, payer, nonce, idx, kind, amount, previous_hash, hash";
    private const string ReadLinks = $"SELECT {LinkColumns} FROM ledger ORDER BY network, asset, payer, nonce, idx, seq";
    private readonly SqliteConnection connection;
    private readonly FaultList faults = new();
    private readonly CancellationToken cancellation;

    private SqliteLedgerWalk(SqliteConnection connection, CancellationToken cancellation)
    {
        this.connection = connection;
        this.cancellation = cancellation;
    }

    public static LedgerReport Verify(Reader reader, LedgerOptions options, CancellationToken cancellation)
    {
        reader.Connection.BeginSnapshot();
        try
        {
            return new SqliteLedgerWalk(reader.Connection, cancellation).Walk(options);
        }
        finally
        {
            reader.Connection.EndSnapshot();
        }
    }

    private LedgerReport Walk(LedgerOptions options)
    {
        var checkpoints = new List<LedgerCheckpoint>();
        Guard(() => Each(LedgerSql.ReadCheckpoints, row => AddCheckpoint(checkpoints, row)));
        var verifier = new LedgerVerifier(checkpoints, options.TrustedSigners, faults);
        Guard(() => Each(LedgerSql.ReadAll, row => AddEntry(verifier.Sequence, row)));
        Guard(() => Each(ReadLinks, row => AddLink(verifier.Orders, row)));
        Guard(CheckSchema);
        Guard(() => Each("PRAGMA integrity_check", CheckIntegrity));
        KeptState? kept = null;
        Guard(() => kept = ReadKept());
        return verifier.Finish(kept ?? new KeptState(0, 0, default, 0, new LedgerSums().ToTotals(0, 0), []));
    }

    /// <summary>A damaged page ends one walk, not the report.</summary>
    private void Guard(Action step)
    {
        try
        {
            step();
        }
        catch (StorageException damage) when (damage.Failure is StorageFailure.Corrupt or StorageFailure.NotADatabase or StorageFailure.Unexpected)
        {
            faults.Add(LedgerFaultKind.Damaged, 0, damage.Message);
        }
    }

    private void Each(string sql, Action<SqliteStatement> visit)
    {
        using var row = connection.PrepareOnce(sql);
        while (row.Step())
        {
            cancellation.ThrowIfCancellationRequested();
            visit(row);
        }
    }

    private void AddCheckpoint(List<LedgerCheckpoint> checkpoints, SqliteStatement row)
    {
        if (LedgerRows.TryReadCheckpoint(row) is { } checkpoint)
            checkpoints.Add(checkpoint);
        else
            faults.Add(LedgerFaultKind.Unreadable, row.GetInt64(1), $"Checkpoint {row.GetInt64(0)} cannot be read.");
    }

    private static void AddEntry(SequenceCheck check, SqliteStatement row)
    {
        if (LedgerRows.TryRead(row, out var badColumn) is { } entry)
        {
            check.Entry(entry);
            return;
        }

        LedgerRows.TryReadHash(row, 13, out var hash);
        check.Unreadable(row.GetInt64(0), badColumn, hash);
    }

    private static void AddLink(OrderCheck check, SqliteStatement row)
    {
        // What cannot be read was reported by the walk before.
        if (LedgerRows.TryReadKey(row, 1, out var key) && LedgerRows.TryReadKind(row, 6, out var kind)
            && LedgerRows.TryReadAmount(row, 7, out var amount) && AssetSums.Fits(amount)
            && LedgerRows.TryReadHash(row, 8, out var previous) && LedgerRows.TryReadHash(row, 9, out var hash)
            && row.GetInt64(5) is >= 0 and <= int.MaxValue)
            check.Add(new ChainLink(row.GetInt64(0), key, (int)row.GetInt64(5), kind, amount, previous, hash));
    }

    private void CheckSchema()
    {
        var found = Schema.Read(connection);
        foreach (var (name, sql) in Schema.Expected(Schema.Migrations))
        {
            if (!found.TryGetValue(name, out var actual))
                faults.Add(LedgerFaultKind.Schema, 0, $"{name} is missing.");
            else if (actual != sql)
                faults.Add(LedgerFaultKind.Schema, 0, $"{name} is not as this program made it.");
        }
    }

    private void CheckIntegrity(SqliteStatement row)
    {
        var line = row.GetText(0);
        if (line != "ok")
            faults.Add(LedgerFaultKind.Damaged, 0, $"SQLite finds the file damaged: {line.ReplaceLineEndings(" ")}");
    }

    private KeptState ReadKept()
    {
        var book = new LedgerBook();
        using (var head = connection.PrepareOnce(LedgerSql.ReadHead))
            LedgerState.ReadHead(book, head, connection.Path);
        using (var totals = connection.PrepareOnce(LedgerSql.ReadTotals))
            LedgerState.ReadTotals(book.Sums, totals, connection.Path);
        var open = new List<(long, long)>();
        Each(LedgerSql.ReadOpenRows, row => open.Add((row.GetInt64(0), row.GetInt64(1))));
        return new KeptState(book.Entries, book.Orders, book.Accumulator, book.Checkpoints,
            book.Sums.ToTotals(book.Orders, book.Entries), open);
    }
}
