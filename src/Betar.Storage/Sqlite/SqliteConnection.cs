using SQLitePCL;

namespace Betar.Storage.Sqlite;

/// <summary>One connection, used by one thread at a time. A thin layer: no pooling, no parsing, no conversion.</summary>
internal sealed class SqliteConnection : IDisposable
{
    private readonly sqlite3 handle;
    private readonly List<SqliteStatement> statements = [];

    private SqliteConnection(string path, sqlite3 handle)
    {
        Path = path;
        this.handle = handle;
    }

    public string Path { get; }

    public int Changes => raw.sqlite3_changes(handle);

    public int TotalChanges => raw.sqlite3_total_changes(handle);

    public bool InTransaction => raw.sqlite3_get_autocommit(handle) == 0;

    public static SqliteConnection Open(string path, SqliteOpenMode mode, TimeSpan busyTimeout)
    {
        SqliteLibrary.EnsureLoaded();
        var flags = raw.SQLITE_OPEN_NOMUTEX | mode switch
        {
            SqliteOpenMode.ReadWriteCreate => raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE,
            SqliteOpenMode.ReadWrite => raw.SQLITE_OPEN_READWRITE,
            SqliteOpenMode.Immutable => raw.SQLITE_OPEN_READONLY | raw.SQLITE_OPEN_URI,
            _ => raw.SQLITE_OPEN_READONLY,
        };
        var name = mode == SqliteOpenMode.Immutable
            ? "file:" + string.Join('/', path.Split('/').Select(Uri.EscapeDataString)) + "?immutable=1"
            : path;
        var code = raw.sqlite3_open_v2(name, out var handle, flags, null);
        if (code != raw.SQLITE_OK)
        {
            handle?.Dispose();
            throw SqliteErrors.Create(code, "open", path);
        }

        raw.sqlite3_extended_result_codes(handle, 1);
        raw.sqlite3_busy_timeout(handle, checked((int)busyTimeout.TotalMilliseconds));
        return new SqliteConnection(path, handle);
    }

    /// <summary>A statement that lives as long as the connection and is used again and again.</summary>
    public SqliteStatement Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v3(handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement));
        var prepared = new SqliteStatement(this, statement);
        statements.Add(prepared);
        return prepared;
    }

    public void Execute(string sql) => Check(raw.sqlite3_exec(handle, sql));

    /// <summary>Until <see cref="EndSnapshot"/> every read sees the file as of the first one.</summary>
    public void BeginSnapshot() => Execute("BEGIN");

    public void EndSnapshot()
    {
        // A damaged page may have ended it already.
        if (InTransaction)
            Execute("ROLLBACK");
    }

    /// <summary>A statement for one use; its user disposes it.</summary>
    public SqliteStatement PrepareOnce(string sql)
    {
        Check(raw.sqlite3_prepare_v2(handle, sql, out var statement));
        return new SqliteStatement(this, statement);
    }

    public long ScalarInt64(string sql)
    {
        using var statement = PrepareOnce(sql);
        return statement.Step() ? statement.GetInt64(0) : 0;
    }

    public string ScalarText(string sql)
    {
        using var statement = PrepareOnce(sql);
        return statement.Step() ? statement.GetText(0) : "";
    }

    /// <summary>Copies what the WAL holds into the file, as far as readers allow; waits for nobody. False: somebody else is at it.</summary>
    public bool CheckpointPassive(out int framesInWal, out int framesCopied)
    {
        var code = raw.sqlite3_wal_checkpoint_v2(handle, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out framesInWal, out framesCopied);
        if ((code & 0xff) == raw.SQLITE_BUSY)
            return false;
        Check(code);
        return true;
    }

    /// <summary>Pages written to the WAL since the last call.</summary>
    public int TakePagesWritten()
    {
        Check(raw.sqlite3_db_status(handle, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, 1));
        return pages;
    }

    public void Check(int code)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
            throw Failure(code);
    }

    public StorageException Failure(int code)
    {
        var extended = raw.sqlite3_extended_errcode(handle);
        var known = (extended & 0xff) == (code & 0xff) ? extended : code;
        return SqliteErrors.Create(known, raw.sqlite3_errmsg(handle).utf8_to_string(), Path);
    }

    public void Dispose()
    {
        foreach (var statement in statements)
            statement.Dispose();
        handle.Dispose();
    }
}
