using Betar.Blocks.Store;
using Betar.Marketplace.Exchange;
using Betar.Marketplace.Replication.Store;
using Betar.Storage.Blocks;
using Betar.Storage.Database;
using Betar.Storage.Listings;
using Betar.Storage.Replication;
using Betar.Storage.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Betar.Storage.Market;

/// <summary>
/// The SQLite file of what the marketplace gossips: the replicated set and blocks. Apart from the ledger's, with a writer of its own, so that a
/// flood of listings never delays a payment.
/// </summary>
public sealed class MarketDatabase : IAsyncDisposable
{
    private readonly ReaderPool readers;
    private readonly SqliteConnection writing;
    private readonly DatabaseWriter writer;
    private int disposed;

    private MarketDatabase(DatabaseOpener opener, string path, BetarDatabaseOptions options, ILoggerFactory loggers)
    {
        Path = path;
        writing = opener.OpenForWriting();
        SqliteConnection? copying = null;
        try
        {
            copying = opener.OpenForCopying();
            readers = new ReaderPool(() => opener.OpenForReading(SqliteOpenMode.ReadOnly), options.MaxReaders);
            writer = new DatabaseWriter(writing, copying, options, [], loggers.CreateLogger<DatabaseWriter>());
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
    public static string FileName => "market.db";

    public string Path { get; }

    /// <summary>Ends when the writer was closed; fails when the disk stopped it. A node watches it and goes down.</summary>
    public Task Stopped => writer.Stopped;

    public IReplicaStore Replica => new SqliteReplicaStore(this);

    /// <summary>Blocks besides the replica's, under a quota of their own.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public IMarketBlocks OpenBlocks(BlockStoreOptions? blocks = null)
    {
        blocks ??= new BlockStoreOptions();
        return blocks.Validate() is { Count: > 0 } faults ? throw new ArgumentException(string.Join(' ', faults), nameof(blocks)) : new SqliteBlockStore(this, blocks);
    }

    public IListingStore Listings => new SqliteListingStore(this);

    /// <summary>Opens the file, creates it when it is not there, and brings an older one forward (after a backup copy).</summary>
    /// <exception cref="StorageException">The file is damaged, newer, not ours, or cannot be made durable; it is left as it was.</exception>
    public static MarketDatabase Open(string path, BetarDatabaseOptions? options = null, ILoggerFactory? loggers = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new BetarDatabaseOptions();
        options.ThrowIfFaulty();
        var opener = new DatabaseOpener(path, options, MarketSchema.Migrations, MarketSchema.ApplicationId);
        return new MarketDatabase(opener, path, options, loggers ?? NullLoggerFactory.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0)
            return;
        await Task.Factory.StartNew(writer.Dispose, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
        readers.Dispose();
        writing.Dispose();
    }

    /// <summary>For the writer thread only.</summary>
    internal PreparedStatements Prepared { get; } = new();

    internal ValueTask<TResult> ReadAsync<TArgument, TResult>(TArgument argument, Func<Reader, TArgument, TResult> read,
        CancellationToken cancellation) => readers.ReadAsync(argument, read, cancellation);

    internal ValueTask<TResult> WriteAsync<TResult>(WriteOperation<TResult> operation) => writer.WriteAsync(operation);
}
