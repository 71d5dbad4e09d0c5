namespace Betar.Storage.Sqlite;

internal enum SqliteOpenMode
{
    ReadWriteCreate,
    ReadWrite,
    ReadOnly,

    /// <summary>For a folder that we may not write: the file is read as it lies, without the shared WAL index.</summary>
    Immutable,
}
