using Betar.Storage.Sqlite;

namespace Betar.Storage.Database;

/// <summary>
/// Copies the WAL into the file between two batches, when it has grown: after the callers have their answers, never inside a
/// commit as SQLite would do by itself.
/// </summary>
internal sealed class WalKeeper
{
    private readonly SqliteConnection connection;
    private readonly int threshold;
    private int written;

    public WalKeeper(SqliteConnection connection, int threshold)
    {
        this.connection = connection;
        this.threshold = threshold;
    }

    public void AfterBatch()
    {
        written += connection.TakePagesWritten();
        if (written < threshold)
            return;
        connection.CheckpointPassive(out var frames, out var copied);

        // Frames that a reader still needs stay; they count toward the next time.
        written = frames - copied;
    }
}
