using Betar.Storage.Sqlite;
using SQLitePCL;

namespace Betar.Storage.Database;

/// <summary>
/// Keeps the WAL short without making writers wait for it. A thread with a connection of its own copies it into the file
/// while commits go on; what came in meanwhile is little, and the writer copies that between two batches, so that the next
/// commit begins the WAL anew.
/// </summary>
internal sealed class WalKeeper : IDisposable
{
    /// <summary>How far the WAL may outgrow the threshold before writers wait after all.</summary>
    private const int MostTimes = 8;
    private readonly SqliteConnection writer;
    private readonly SqliteConnection own;
    private readonly int threshold;
    private readonly Action<StorageException> failed;
    private readonly ManualResetEventSlim done = new(initialState: true);
    private readonly AutoResetEvent wake = new(initialState: false);
    private readonly Thread thread;
    private long written;

    // Tries in a row that met somebody else at the same work, or a commit just being written: no fault, unless it lasts.
    private int busy;
    private bool copying;
    private volatile bool closing;

    /// <param name="writer">The writer's connection.</param>
    /// <param name="own">A second one that may write; disposed here.</param>
    /// <param name="threshold">Pages.</param>
    /// <param name="failed">Told when copying failed; it is tried again later, and nothing is lost meanwhile.</param>
    public WalKeeper(SqliteConnection writer, SqliteConnection own, int threshold, Action<StorageException> failed)
    {
        this.writer = writer;
        this.own = own;
        this.threshold = threshold;
        this.failed = failed;
        thread = new Thread(Run) { IsBackground = true, Name = "Betar.Storage WAL" };
        thread.Start();
    }

    internal delegate bool Copier(SqliteConnection connection, out int framesInWal, out int framesCopied);

    /// <summary>Another way to copy, for tests in which somebody else holds the lock.</summary>
    internal Copier Checkpoint { get; init; } = (SqliteConnection connection, out int frames, out int copied) => connection.CheckpointPassive(out frames, out copied);

    /// <summary>Called by the writer thread, outside a transaction, after callers have their answers.</summary>
    public void AfterBatch()
    {
        written += writer.TakePagesWritten();
        if (written < threshold)
            return;
        if (!copying)
        {
            copying = true;
            done.Reset();
            wake.Set();
            return;
        }

        if (written >= (long)threshold * MostTimes)
            done.Wait();
        if (done.IsSet)
            CopyRest();
    }

    public void Dispose()
    {
        closing = true;
        wake.Set();
        thread.Join();
        own.Dispose();
        wake.Dispose();
        done.Dispose();
    }

    private void CopyRest()
    {
        copying = false;
        Copy(writer, out var rest);

        // What a reader still needs stays and counts toward the next time.
        written = rest;
    }

    private void Run()
    {
        while (true)
        {
            wake.WaitOne();
            if (closing)
                return;
            Copy(own, out _);
            done.Set();
        }
    }

    private void Copy(SqliteConnection connection, out int rest)
    {
        rest = 0;
        try
        {
            if (Checkpoint(connection, out var frames, out var copied))
            {
                rest = frames - copied;
                busy = 0;
            }
            else if (++busy % MostTimes == 0)
            {
                failed(connection.Failure(raw.SQLITE_BUSY));
            }
        }
        catch (StorageException failure)
        {
            failed(failure);
        }
    }
}
