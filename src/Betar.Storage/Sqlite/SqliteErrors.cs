using SQLitePCL;

namespace Betar.Storage.Sqlite;

/// <summary>SQLite's result codes as typed failures, each with a sentence that says what to do.</summary>
internal static class SqliteErrors
{
    /// <summary>The wal-index could not grow. SQLite calls it an I/O error; in practice the disk is full.</summary>
    private const int SharedMemorySize = raw.SQLITE_IOERR | (19 << 8);

    public static StorageFailure Classify(int extendedCode) => extendedCode == SharedMemorySize
        ? StorageFailure.DiskFull
        : (extendedCode & 0xff) switch
        {
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => StorageFailure.Busy,
            raw.SQLITE_FULL or raw.SQLITE_NOMEM => StorageFailure.DiskFull,
            raw.SQLITE_IOERR => StorageFailure.InputOutput,
            raw.SQLITE_CORRUPT => StorageFailure.Corrupt,
            raw.SQLITE_NOTADB => StorageFailure.NotADatabase,
            raw.SQLITE_READONLY => StorageFailure.ReadOnly,
            raw.SQLITE_CANTOPEN or raw.SQLITE_PERM or raw.SQLITE_AUTH => StorageFailure.NotWritable,
            raw.SQLITE_CONSTRAINT => StorageFailure.Constraint,
            _ => StorageFailure.Unexpected,
        };

    public static StorageException Create(int extendedCode, string detail, string path)
    {
        var failure = Classify(extendedCode);
        return new StorageException(failure, $"{Advice(failure, path)} (SQLite {extendedCode}: {detail})");
    }

    private static string Advice(StorageFailure failure, string path) => failure switch
    {
        StorageFailure.Busy => $"The database {path} is locked by another process; stop that process and try again.",
        StorageFailure.DiskFull => $"No space is left for {path}; nothing was written; free some space and try again.",
        StorageFailure.InputOutput => $"The disk under {path} reported an error; check the disk, then start again.",
        StorageFailure.Corrupt => $"The database {path} is damaged; nothing was changed; restore it from a backup.",
        StorageFailure.NotADatabase => $"The file {path} is not a Betar database; nothing was changed; move it away or choose another data folder.",
        StorageFailure.ReadOnly => $"The database {path} is open for reading only.",
        StorageFailure.NotWritable => $"The database {path} cannot be opened; check that the folder exists and belongs to this user.",
        StorageFailure.Constraint => $"The database {path} refused a row.",
        _ => $"The database {path} failed.",
    };
}
