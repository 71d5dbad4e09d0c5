using Betar.Storage.Sqlite;

namespace Betar.Storage.Database;

/// <summary>
/// One write, executed by the writer thread inside the transaction of its batch. A refusal is a result, found before
/// anything is written: so no savepoint is needed and no neighbour suffers.
/// </summary>
internal abstract class WriteOperation
{
    /// <summary>The queue is intrusive: a waiting operation costs no node.</summary>
    internal WriteOperation? Next { get; set; }

    /// <summary>What went wrong with this one alone.</summary>
    internal Exception? Failure { get; set; }

    /// <summary>True when the caller gave up before the writer came to it.</summary>
    public abstract bool Cancelled { get; }

    /// <summary>Validates, then writes. Runs on the writer thread.</summary>
    public abstract void Execute(SqliteConnection connection);

    /// <summary>Frees the caller; called once, after the commit or with a failure.</summary>
    public abstract void Complete(Exception? failure);
}
