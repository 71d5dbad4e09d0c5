using System.Buffers;
using System.Text;
using SQLitePCL;

namespace Betar.Storage.Sqlite;

/// <summary>A prepared statement: bind from 1, read columns from 0. Binding copies; nothing here keeps a caller's buffer.</summary>
internal sealed class SqliteStatement : IDisposable
{
    private const int StackBytes = 512;
    private readonly SqliteConnection connection;
    private readonly sqlite3_stmt handle;

    public SqliteStatement(SqliteConnection connection, sqlite3_stmt handle)
    {
        this.connection = connection;
        this.handle = handle;
    }

    public SqliteStatement Bind(int index, long value)
    {
        connection.Check(raw.sqlite3_bind_int64(handle, index, value));
        return this;
    }

    public SqliteStatement Bind(int index, ReadOnlySpan<byte> blob)
    {
        // An empty span has no address and would become NULL.
        connection.Check(blob.IsEmpty ? raw.sqlite3_bind_zeroblob(handle, index, 0) : raw.sqlite3_bind_blob(handle, index, blob));
        return this;
    }

    public SqliteStatement BindNull(int index)
    {
        connection.Check(raw.sqlite3_bind_null(handle, index));
        return this;
    }

    public SqliteStatement BindUtf8(int index, ReadOnlySpan<byte> text)
    {
        connection.Check(text.IsEmpty ? raw.sqlite3_bind_text(handle, index, "") : raw.sqlite3_bind_text(handle, index, text));
        return this;
    }

    public SqliteStatement Bind(int index, string text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        var rented = most > StackBytes ? ArrayPool<byte>.Shared.Rent(most) : null;
        var buffer = rented ?? stackalloc byte[StackBytes];
        BindUtf8(index, buffer[..Encoding.UTF8.GetBytes(text, buffer)]);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        return this;
    }

    /// <summary>True while there is a row. A failure resets the statement, so that it can be used again.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(handle);
        if (code == raw.SQLITE_ROW)
            return true;
        if (code == raw.SQLITE_DONE)
            return false;
        var failure = connection.Failure(code);
        Reset();
        throw failure;
    }

    /// <summary>Runs a statement that returns nothing and makes it ready for the next use; returns the rows it changed.</summary>
    public int Run()
    {
        Step();
        Reset();
        return connection.Changes;
    }

    /// <summary>The code repeats the failure that <see cref="Step"/> has reported already.</summary>
    public void Reset() => _ = raw.sqlite3_reset(handle);

    public long GetInt64(int column) => raw.sqlite3_column_int64(handle, column);

    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    public int TypeOf(int column) => raw.sqlite3_column_type(handle, column);

    public string GetText(int column) => raw.sqlite3_column_text(handle, column).utf8_to_string() ?? "";

    /// <summary>Valid until the next step or reset.</summary>
    public ReadOnlySpan<byte> GetBlob(int column) => raw.sqlite3_column_blob(handle, column);

    public void Dispose() => handle.Dispose();
}
