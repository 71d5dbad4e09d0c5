using Betar.Storage.Agents;
using Betar.Storage.Database;
using Betar.Storage.Leases;
using Betar.Storage.Ledger;
using Betar.Storage.Orders;
using Betar.Storage.Peers;
using Betar.Storage.Sessions;
using Betar.Storage.Sqlite;
using Betar.Storage.Workflows;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Betar.Storage;

/// <summary>
/// One SQLite file that holds the ledger, the grains' state and their reminders: one writer thread with group commit, many
/// readers. Every commit is synced before its callers hear of it.
/// </summary>
public sealed class BetarDatabase : IAsyncDisposable
{
    private readonly ReaderPool readers;
    private readonly SqliteConnection? writing;
    private readonly DatabaseWriter? writer;
    private readonly SqliteLedger ledger;
    private readonly SqliteSessionLog sessions;
    private int disposed;

    private BetarDatabase(DatabaseOpener opener, string path, BetarDatabaseOptions options, bool readOnly,
        TimeProvider time, ILoggerFactory loggers)
    {
        Path = path;
        var sessionWriter = new SessionWriter(options.Sessions, Prepared, time);
        sessions = new SqliteSessionLog(this, sessionWriter, options.Sessions, loggers.CreateLogger<SqliteSessionLog>());
        Leases = new SqliteLeaseStore(this, time);
        MarketOrders = new SqliteMarketOrders(this, options.MarketOrders, time);
        if (readOnly)
        {
            // Opening once here reports what is wrong with the file now, not at the first read.
            opener.OpenForReading().Dispose();
            readers = new ReaderPool(opener.OpenForReading, options.MaxReaders);
            ledger = new SqliteLedger(this, options, time, null, sessionWriter);
            return;
        }

        writing = opener.OpenForWriting();
        SqliteConnection? copying = null;
        try
        {
            var ledgerWriter = new LedgerWriter(options.Ledger, time);
            ledgerWriter.Load(writing);
            copying = opener.OpenForCopying();
            readers = new ReaderPool(() => opener.OpenForReading(SqliteOpenMode.ReadOnly), options.MaxReaders);
            writer = new DatabaseWriter(writing, copying, options, [ledgerWriter], loggers.CreateLogger<DatabaseWriter>());
            ledger = new SqliteLedger(this, options, time, ledgerWriter, sessionWriter);
        }
        catch
        {
            copying?.Dispose();
            writing.Dispose();
            throw;
        }

        writer.Start();
    }

    /// <summary>The name that the file has in a data folder.</summary>
    public static string FileName => "betar.db";

    /// <summary>Which SQLite is in use and its version.</summary>
    public static string Library => SqliteLibrary.Description;

    public string Path { get; }

    public bool IsReadOnly => writer is null;

    public ILedger Ledger => ledger;

    public ISessionLog Sessions => sessions;

    /// <summary>Orders that peers agree on by messages, beside those that are paid.</summary>
    public IMarketOrders MarketOrders { get; }

    public IAgentTable Agents => new SqliteAgentTable(this);

    public IWorkflowTable Workflows => new SqliteWorkflowTable(this);

    public IPeerTable Peers => new SqlitePeerTable(this);

    /// <summary>One for all, since its clock is its own.</summary>
    public ILeaseStore Leases { get; }

    /// <summary>Ends when the writer was closed; fails when the disk stopped it. A node watches it and goes down.</summary>
    public Task Stopped => writer?.Stopped ?? Task.CompletedTask;

    /// <summary>Opens the file, creates it when it is not there, and brings an older one forward (after a backup copy).</summary>
    /// <exception cref="StorageException">The file is damaged, newer, not ours, or cannot be made durable; it is left as it was.</exception>
    public static BetarDatabase Open(string path, BetarDatabaseOptions? options = null, TimeProvider? time = null,
        ILoggerFactory? loggers = null) => Open(path, options, time, loggers, readOnly: false, Schema.Migrations);

    /// <summary>Opens the file for reading, also while another process writes.</summary>
    public static BetarDatabase OpenReadOnly(string path, BetarDatabaseOptions? options = null, TimeProvider? time = null,
        ILoggerFactory? loggers = null) => Open(path, options, time, loggers, readOnly: true, Schema.Migrations);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0)
            return;
        ledger.StopTimer();
        if (writer is not null)
            await Task.Factory.StartNew(writer.Dispose, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
                .ConfigureAwait(false);
        readers.Dispose();
        writing?.Dispose();
    }

    internal static BetarDatabase Open(string path, BetarDatabaseOptions? options, TimeProvider? time, ILoggerFactory? loggers,
        bool readOnly, IReadOnlyList<Migration> migrations)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new BetarDatabaseOptions();
        options.ThrowIfFaulty();
        var opener = new DatabaseOpener(path, options, migrations);
        return new BetarDatabase(opener, path, options, readOnly, time ?? TimeProvider.System, loggers ?? NullLoggerFactory.Instance);
    }

    internal GrainState.GrainStateWriter GrainStates { get; } = new();

    /// <summary>For the writer thread only.</summary>
    internal PreparedStatements Prepared { get; } = new();

    internal ValueTask<TResult> ReadAsync<TArgument, TResult>(TArgument argument, Func<Reader, TArgument, TResult> read,
        CancellationToken cancellation) => readers.ReadAsync(argument, read, cancellation);

    internal ValueTask<TResult> WriteAsync<TResult>(WriteOperation<TResult> operation) => Writer.WriteAsync(operation);

    internal bool TryWrite<TResult>(WriteOperation<TResult> operation, out ValueTask<TResult> completion) =>
        Writer.TryWrite(operation, out completion);

    private DatabaseWriter Writer => writer
        ?? throw new StorageException(StorageFailure.ReadOnly, $"The database {Path} is open for reading only.");
}
