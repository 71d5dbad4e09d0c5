namespace Betar.Storage.Database;

/// <summary>Looks at a file before SQLite touches it, so that what is not ours is never changed.</summary>
internal static class DatabaseFile
{
    private static ReadOnlySpan<byte> Magic => "SQLite format 3\0"u8;

    /// <summary>False when there is nothing yet and a new database may be made; throws when the file must be left alone.</summary>
    public static bool Exists(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (file.Exists && file.Length > 0)
            {
                CheckMagic(path);
                return true;
            }

            // SQLite would throw these commits away without a word.
            var wal = new FileInfo(path + "-wal");
            if (wal.Exists && wal.Length > 0)
            {
                throw new StorageException(StorageFailure.Corrupt,
                    $"The database {path} is missing or empty but its log {wal.Name} is there; put the database back beside it, or move the log away.");
            }

            return false;
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or IOException)
        {
            throw NotWritable(path, refused);
        }
    }

    public static void CheckFolder(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (!Directory.Exists(folder))
            throw new StorageException(StorageFailure.NotFound, $"The folder {folder} does not exist; create it or choose another data folder.");
    }

    public static StorageException NotWritable(string path, Exception cause) => new(StorageFailure.NotWritable,
        $"The database {path} cannot be opened; check that the folder exists and belongs to this user.", cause);

    private static void CheckMagic(string path)
    {
        Span<byte> start = stackalloc byte[Magic.Length];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length || !start.SequenceEqual(Magic))
        {
            throw new StorageException(StorageFailure.NotADatabase,
                $"The file {path} is not a Betar database; nothing was changed; move it away or choose another data folder.");
        }
    }
}
