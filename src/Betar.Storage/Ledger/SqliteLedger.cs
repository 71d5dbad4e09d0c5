using System.Runtime.CompilerServices;
using Betar.Storage.Database;
using Betar.Storage.Sessions;
using Betar.Storage.Sqlite;
using Betar.X402;

namespace Betar.Storage.Ledger;

/// <summary>The ledger in a <see cref="BetarDatabase"/>: appends go to its writer, everything else to its readers.</summary>
internal sealed class SqliteLedger : ILedger
{
    /// <summary>A page at a time, so that a slow consumer holds no snapshot and the WAL can be reset.</summary>
    private const int PageSize = 256;
    private readonly BetarDatabase database;
    private readonly LedgerOptions options;
    private readonly LedgerWriter? writer;
    private readonly SessionLogOptions sessionOptions;
    private readonly SessionWriter sessions;
    private readonly ITimer? timer;

    public SqliteLedger(BetarDatabase database, BetarDatabaseOptions all, TimeProvider time, LedgerWriter? writer, SessionWriter sessions)
    {
        this.database = database;
        (options, sessionOptions) = (all.Ledger, all.Sessions);
        this.writer = writer;
        this.sessions = sessions;
        if (writer is not null && options.Signer is not null)
            timer = time.CreateTimer(_ => CheckpointSoon(), null, options.CheckpointInterval, options.CheckpointInterval);
    }

    public ValueTask<AppendResult> AppendAsync(LedgerAppend append, CancellationToken cancellationToken)
    {
        LedgerRules.Check(append, options);
        cancellationToken.ThrowIfCancellationRequested();
        if (writer is null)
            throw new StorageException(StorageFailure.ReadOnly, $"The database {database.Path} is open for reading only.");
        var exchange = append.Exchange is { } said ? new EncodedExchange(said, sessionOptions) : null;
        var operation = new LedgerAppendOperation(writer, new EncodedAppend(append), sessions, exchange, cancellationToken);
        return database.TryWrite(operation, out var completion)
            ? completion
            : ValueTask.FromResult(new AppendResult(AppendStatus.Closed, null));
    }

    public async ValueTask<IReadOnlyList<LedgerEntry>> ReadAsync(PaymentKey payment, CancellationToken cancellationToken) =>
        await database.ReadAsync(payment, ReadOrder, cancellationToken).ConfigureAwait(false);

    public ValueTask<bool> ExistsAsync(PaymentKey payment, CancellationToken cancellationToken) =>
        database.ReadAsync(payment, static (reader, key) =>
        {
            var row = BindOrder(reader.Prepare(LedgerSql.Exists), key);
            try
            {
                return row.Step();
            }
            finally
            {
                row.Reset();
            }
        }, cancellationToken);

    public IAsyncEnumerable<LedgerEntry> QueryAsync(LedgerQuery query, CancellationToken cancellationToken)
    {
        LedgerRules.Check(query);
        return Pages(query, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<PaymentKey>> OpenOrdersAsync(CancellationToken cancellationToken) =>
        await database.ReadAsync(0, static (reader, _) =>
        {
            var keys = new List<PaymentKey>();
            var row = reader.Prepare(LedgerSql.ReadOpen);
            try
            {
                while (row.Step())
                {
                    keys.Add(LedgerRows.TryReadKey(row, 2, out var key)
                        ? key
                        : throw LedgerRows.Unreadable(reader.Connection.Path, $"entry {row.GetInt64(1)}"));
                }

                return keys;
            }
            finally
            {
                row.Reset();
            }
        }, cancellationToken).ConfigureAwait(false);

    public ValueTask<LedgerTotals> TotalsAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(0, static (reader, _) =>
        {
            // One snapshot for both tables.
            reader.Connection.BeginSnapshot();
            try
            {
                var book = new LedgerBook();
                LedgerState.ReadHead(book, reader.Prepare(LedgerSql.ReadHead), reader.Connection.Path);
                LedgerState.ReadTotals(book.Sums, reader.Prepare(LedgerSql.ReadTotals), reader.Connection.Path);
                return book.Sums.ToTotals(book.Orders, book.Entries);
            }
            finally
            {
                reader.Connection.EndSnapshot();
            }
        }, cancellationToken);

    public async ValueTask<LedgerReport> VerifyAsync(CancellationToken cancellationToken)
    {
        // It may take seconds, so it has a thread of its own and not the caller's.
        var walk = await Task.Factory.StartNew(
            () => database.ReadAsync(options, (reader, _) => SqliteLedgerWalk.Verify(reader, options, cancellationToken), cancellationToken),
            cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
        return await walk.ConfigureAwait(false);
    }

    public void StopTimer() => timer?.Dispose();

    private void CheckpointSoon()
    {
        try
        {
            if (writer is not null)
                database.TryWrite(new LedgerCheckpointOperation(writer), out _);
        }
        catch (StorageException full) when (full.Failure is StorageFailure.Overloaded or StorageFailure.Stopped)
        {
            // Nobody waits for it: with a full queue the next tick comes, and who stopped the writer said so on Stopped.
        }
    }

    private async IAsyncEnumerable<LedgerEntry> Pages(LedgerQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var sql = LedgerQuerySql.Text(query);
        var above = query.NewestFirst ? 0 : query.After;
        var below = query.NewestFirst && query.After > 0 ? query.After : long.MaxValue;
        if (query.Since is { } since)
        {
            var first = await database.ReadAsync((LedgerSql.FirstSince, LedgerQuerySql.Milliseconds(since), long.MaxValue), SequenceAt, cancellation).ConfigureAwait(false);
            above = Math.Max(above, first - 1);
        }

        if (query.Until is { } until)
        {
            var last = await database.ReadAsync((LedgerSql.LastUntil, LedgerQuerySql.Milliseconds(until), 0L), SequenceAt, cancellation).ConfigureAwait(false);
            below = Math.Min(below, last + 1);
        }

        for (var left = query.Limit; left > 0;)
        {
            var size = Math.Min(left, PageSize);
            var page = await database.ReadAsync((sql, query, above, below, size), ReadPage, cancellation).ConfigureAwait(false);
            foreach (var entry in page)
                yield return entry;
            if (page.Count < size)
                yield break;
            left -= size;
            if (query.NewestFirst)
                below = page[^1].Sequence;
            else
                above = page[^1].Sequence;
        }
    }

    private static long SequenceAt(Reader reader, (string Sql, long Milliseconds, long None) asked)
    {
        var row = reader.Prepare(asked.Sql).Bind(1, asked.Milliseconds);
        try
        {
            return row.Step() && !row.IsNull(0) ? row.GetInt64(0) : asked.None;
        }
        finally
        {
            row.Reset();
        }
    }

    private static List<LedgerEntry> ReadPage(Reader reader, (string Sql, LedgerQuery Query, long Above, long Below, int Limit) page)
    {
        var row = reader.Prepare(page.Sql);
        LedgerQuerySql.Bind(row, page.Query, page.Above, page.Below, page.Limit);
        return ReadRows(reader, row);
    }

    private static List<LedgerEntry> ReadOrder(Reader reader, PaymentKey key) =>
        ReadRows(reader, BindOrder(reader.Prepare(LedgerSql.ReadOrder), key));

    private static List<LedgerEntry> ReadRows(Reader reader, SqliteStatement row)
    {
        var entries = new List<LedgerEntry>();
        try
        {
            while (row.Step())
                entries.Add(LedgerRows.Read(row, reader.Connection.Path));
            return entries;
        }
        finally
        {
            row.Reset();
        }
    }

    private static SqliteStatement BindOrder(SqliteStatement statement, in PaymentKey key) => statement
        .Bind(1, key.Network.ToString()).Bind(2, key.Asset.ToLowerHex()).Bind(3, key.From.ToLowerHex()).Bind(4, key.Nonce.ToString());
}
