using Betar.Storage.Sqlite;

namespace Betar.Storage.Database;

/// <summary>Opens, checks, creates and migrates. Whatever it refuses stays as it was found.</summary>
internal sealed class DatabaseOpener
{
    private readonly string path;
    private readonly BetarDatabaseOptions options;
    private readonly IReadOnlyList<Migration> migrations;
    private readonly int application;

    /// <param name="path">Of the file.</param>
    /// <param name="options">Checked already.</param>
    /// <param name="migrations">What makes such a file, in order.</param>
    /// <param name="application">Tells this kind of file from every other.</param>
    public DatabaseOpener(string path, BetarDatabaseOptions options, IReadOnlyList<Migration> migrations, int application = Schema.ApplicationId)
    {
        this.application = application;
        this.path = path;
        this.options = options;
        this.migrations = migrations;
    }

    private int Newest => migrations[^1].Version;

    /// <summary>The writer's connection to a file that is whole, of this version, and durable.</summary>
    public SqliteConnection OpenForWriting()
    {
        DatabaseFile.CheckFolder(path);
        var exists = DatabaseFile.Exists(path);
        var connection = SqliteConnection.Open(path,
            exists ? SqliteOpenMode.ReadWrite : SqliteOpenMode.ReadWriteCreate, options.BusyTimeout);
        try
        {
            var version = CheckIdentity(connection, mayBeEmpty: true);
            if (exists)
                CheckPages(connection);
            MakeDurable(connection);
            Migrate(connection, version);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>One more connection that may write, to a file that <see cref="OpenForWriting"/> has looked at.</summary>
    public SqliteConnection OpenForCopying()
    {
        var connection = SqliteConnection.Open(path, SqliteOpenMode.ReadWrite, options.BusyTimeout);
        try
        {
            MakeDurable(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A connection that cannot write. Works beside a running node, and in a folder that we may not write.</summary>
    public SqliteConnection OpenForReading()
    {
        if (!DatabaseFile.Exists(path))
            throw new StorageException(StorageFailure.NotFound, $"There is no database {path}; choose the data folder of a node that has run.");
        try
        {
            return OpenForReading(SqliteOpenMode.ReadOnly);
        }
        catch (StorageException refused) when (refused.Failure is StorageFailure.NotWritable or StorageFailure.ReadOnly && NothingInWal())
        {
            return OpenForReading(SqliteOpenMode.Immutable);
        }
    }

    public SqliteConnection OpenForReading(SqliteOpenMode mode)
    {
        var connection = SqliteConnection.Open(path, mode, options.BusyTimeout);
        try
        {
            if (CheckIdentity(connection, mayBeEmpty: false) < Newest)
            {
                throw new StorageException(StorageFailure.ReadOnly,
                    $"The database {path} is of an older version; start a node on it once, which brings it forward.");
            }

            connection.Execute("PRAGMA query_only=1; PRAGMA trusted_schema=0; PRAGMA cell_size_check=1; PRAGMA synchronous=FULL");
            CheckSynchronous(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private int CheckIdentity(SqliteConnection connection, bool mayBeEmpty)
    {
        var (found, version, objects) = ReadIdentity(connection);
        if (mayBeEmpty && found == 0 && version == 0 && objects == 0)
            return 0;
        if (found != application)
        {
            throw new StorageException(StorageFailure.NotADatabase,
                $"The file {path} belongs to another application; nothing was changed; move it away or choose another data folder.");
        }

        if (version > Newest)
        {
            throw new StorageException(StorageFailure.Newer,
                $"The database {path} has version {version}, this program knows up to {Newest}; nothing was changed; use the newer program.");
        }

        return (int)version;
    }

    /// <summary>In one snapshot: another process may be making the file at this moment.</summary>
    private static (long Application, long Version, long Objects) ReadIdentity(SqliteConnection connection)
    {
        connection.BeginSnapshot();
        try
        {
            return (connection.ScalarInt64("PRAGMA application_id"), connection.ScalarInt64("PRAGMA user_version"),
                connection.ScalarInt64("SELECT count(*) FROM sqlite_schema"));
        }
        finally
        {
            connection.EndSnapshot();
        }
    }

    private void CheckPages(SqliteConnection connection)
    {
        if (new FileInfo(path).Length > options.QuickCheckBytes)
            return;
        var found = connection.ScalarText("PRAGMA quick_check(1)");
        if (found != "ok")
        {
            throw new StorageException(StorageFailure.Corrupt,
                $"The database {path} is damaged ({found.ReplaceLineEndings(" ")}); nothing was changed; restore it from a backup.");
        }
    }

    private void MakeDurable(SqliteConnection connection)
    {
        // EXTRA for the way into WAL: a rollback journal whose deletion was not synced could come back after a loss of power
        // and undo everything. In WAL mode FULL syncs every commit, and there is no such journal any more.
        connection.Execute("PRAGMA synchronous=EXTRA");
        var mode = connection.ScalarText("PRAGMA journal_mode=WAL");
        if (mode != "wal")
            throw NotDurable("journal_mode", mode);

        // Copying the WAL is done between batches, not inside a commit.
        connection.Execute($"PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=-{options.WriterCacheKiB};"
            + "PRAGMA temp_store=MEMORY; PRAGMA trusted_schema=0; PRAGMA cell_size_check=1; PRAGMA recursive_triggers=1");
        CheckSynchronous(connection);
    }

    private void CheckSynchronous(SqliteConnection connection)
    {
        var synchronous = connection.ScalarInt64("PRAGMA synchronous");
        if (synchronous != 2)
            throw NotDurable("synchronous", synchronous.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private void Migrate(SqliteConnection connection, int version)
    {
        if (version == Newest)
            return;
        if (version > 0)
            DatabaseBackup.Write(connection, $"{path}.before-v{Newest}");
        connection.Execute("BEGIN IMMEDIATE");

        // Another process may have been faster.
        version = (int)connection.ScalarInt64("PRAGMA user_version");
        foreach (var migration in migrations.Where(migration => migration.Version > version))
            connection.Execute(migration.Sql);
        connection.Execute($"PRAGMA application_id={application}; PRAGMA user_version={Newest}; COMMIT");
    }

    private bool NothingInWal()
    {
        var wal = new FileInfo(path + "-wal");
        return !wal.Exists || wal.Length == 0;
    }

    private StorageException NotDurable(string setting, string found) => new(StorageFailure.NotDurable,
        $"SQLite keeps {setting}={found} for {path}, so commits would not be safe; use a local file system that can lock and map files.");
}
