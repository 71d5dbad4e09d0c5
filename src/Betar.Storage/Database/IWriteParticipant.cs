using Betar.Storage.Sqlite;

namespace Betar.Storage.Database;

/// <summary>Keeps state in the writer's memory that belongs to the file: it is told when a batch begins, ends and fails.</summary>
internal interface IWriteParticipant
{
    /// <summary>The transaction is open. <paramref name="changedElsewhere"/>: another process has written since.</summary>
    void Begin(SqliteConnection connection, bool changedElsewhere);

    /// <summary>The writer closes; comes just before the last <see cref="BeforeCommit"/>.</summary>
    void Closing(SqliteConnection connection);

    /// <summary>The last chance to write into this transaction.</summary>
    void BeforeCommit(SqliteConnection connection);

    /// <summary>Nothing of the batch is in the file; whatever memory says about it is void.</summary>
    void RolledBack();
}
