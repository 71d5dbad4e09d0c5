using Betar.Storage.Sqlite;
using Betar.Storage.Tests.Support;
using SQLitePCL;

namespace Betar.Storage.Tests.Sqlite;

/// <summary>How a connection opens, what its snapshots see, and what SQLite's codes become.</summary>
public sealed class ConnectionTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Only_one_way_of_opening_makes_a_file()
    {
        foreach (var mode in new[] { SqliteOpenMode.ReadWrite, SqliteOpenMode.ReadOnly, SqliteOpenMode.Immutable })
            Assert.Equal(StorageFailure.NotWritable, Assert.Throws<StorageException>(() => Open(mode)).Failure);
        Assert.Empty(Directory.GetFiles(folder.Root));
        using var made = Open(SqliteOpenMode.ReadWriteCreate);
        made.Execute("CREATE TABLE t (x)");
        Assert.True(File.Exists(folder.Database));
    }

    [Theory]
    [InlineData(SqliteOpenMode.ReadOnly)]
    [InlineData(SqliteOpenMode.Immutable)]
    internal void What_is_opened_for_reading_cannot_write(SqliteOpenMode mode)
    {
        using (var made = Open(SqliteOpenMode.ReadWriteCreate))
            made.Execute("CREATE TABLE t (x); INSERT INTO t VALUES (7)");
        using var reading = Open(mode);
        Assert.Equal(7, reading.ScalarInt64("SELECT x FROM t"));
        Assert.Equal(StorageFailure.ReadOnly, Assert.Throws<StorageException>(() => reading.Execute("INSERT INTO t VALUES (8)")).Failure);
    }

    [Fact]
    public void A_snapshot_sees_the_file_as_of_its_first_read()
    {
        using var writing = Open(SqliteOpenMode.ReadWriteCreate);
        writing.Execute("PRAGMA journal_mode=WAL; CREATE TABLE t (x)");
        using var reading = Open(SqliteOpenMode.ReadOnly);
        reading.BeginSnapshot();
        Assert.Equal(0, Count(reading));
        writing.Execute("INSERT INTO t VALUES (1)");
        Assert.Equal(0, Count(reading));
        Assert.True(reading.InTransaction);
        reading.EndSnapshot();
        Assert.False(reading.InTransaction);
        Assert.Equal(1, Count(reading));
    }

    [Fact]
    public void Ending_a_snapshot_that_ended_already_is_no_error()
    {
        using var connection = Open(SqliteOpenMode.ReadWriteCreate);
        connection.BeginSnapshot();
        connection.Execute("ROLLBACK");
        connection.EndSnapshot();
    }

    [Fact]
    public void Nothing_found_is_zero_or_no_text()
    {
        using var connection = Open(SqliteOpenMode.ReadWriteCreate);
        connection.Execute("CREATE TABLE t (x)");
        Assert.Equal(0, connection.ScalarInt64("SELECT x FROM t"));
        Assert.Equal("", connection.ScalarText("SELECT x FROM t"));
    }

    [Fact]
    public void A_copy_of_the_log_says_how_much_there_was_and_how_much_of_it_was_copied()
    {
        using var connection = Open(SqliteOpenMode.ReadWriteCreate);
        connection.Execute("PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0; CREATE TABLE t (x)");
        connection.TakePagesWritten();
        connection.Execute("INSERT INTO t VALUES (1)");
        Assert.InRange(connection.TakePagesWritten(), 1, 3);
        Assert.Equal(0, connection.TakePagesWritten());
        connection.CheckpointPassive(out var frames, out var copied);
        Assert.True(frames > 0);
        Assert.Equal(frames, copied);
    }

    [Fact]
    public void What_a_reader_still_needs_is_not_copied()
    {
        using var connection = Open(SqliteOpenMode.ReadWriteCreate);
        connection.Execute("PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0; CREATE TABLE t (x)");
        using var reading = Open(SqliteOpenMode.ReadOnly);
        reading.BeginSnapshot();
        Assert.Equal(0, Count(reading));
        connection.Execute("INSERT INTO t VALUES (1)");
        connection.CheckpointPassive(out var frames, out var copied);
        Assert.True(copied < frames);
        reading.EndSnapshot();
    }

    [Fact]
    public void A_sentence_that_is_no_sql_is_a_failure_with_sqlites_own_words()
    {
        using var connection = Open(SqliteOpenMode.ReadWriteCreate);
        foreach (var act in new Action[] { () => connection.Execute("NONSENSE"), () => connection.PrepareOnce("NONSENSE"), () => connection.Prepare("NONSENSE") })
        {
            var failure = Assert.Throws<StorageException>(act);
            Assert.Equal(StorageFailure.Unexpected, failure.Failure);
            Assert.Contains("NONSENSE", failure.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(raw.SQLITE_BUSY, StorageFailure.Busy)]
    [InlineData(raw.SQLITE_BUSY | (2 << 8), StorageFailure.Busy)]
    [InlineData(raw.SQLITE_LOCKED, StorageFailure.Busy)]
    [InlineData(raw.SQLITE_FULL, StorageFailure.DiskFull)]
    [InlineData(raw.SQLITE_NOMEM, StorageFailure.DiskFull)]
    [InlineData(raw.SQLITE_IOERR | (19 << 8), StorageFailure.DiskFull)]
    [InlineData(raw.SQLITE_IOERR, StorageFailure.InputOutput)]
    [InlineData(raw.SQLITE_IOERR | (4 << 8), StorageFailure.InputOutput)]
    [InlineData(raw.SQLITE_CORRUPT, StorageFailure.Corrupt)]
    [InlineData(raw.SQLITE_CORRUPT | (3 << 8), StorageFailure.Corrupt)]
    [InlineData(raw.SQLITE_NOTADB, StorageFailure.NotADatabase)]
    [InlineData(raw.SQLITE_READONLY, StorageFailure.ReadOnly)]
    [InlineData(raw.SQLITE_READONLY | (5 << 8), StorageFailure.ReadOnly)]
    [InlineData(raw.SQLITE_CANTOPEN, StorageFailure.NotWritable)]
    [InlineData(raw.SQLITE_PERM, StorageFailure.NotWritable)]
    [InlineData(raw.SQLITE_AUTH, StorageFailure.NotWritable)]
    [InlineData(raw.SQLITE_CONSTRAINT | (8 << 8), StorageFailure.Constraint)]
    [InlineData(raw.SQLITE_ERROR, StorageFailure.Unexpected)]
    [InlineData(raw.SQLITE_MISUSE, StorageFailure.Unexpected)]
    public void Each_code_has_its_failure(int code, StorageFailure failure)
    {
        Assert.Equal(failure, SqliteErrors.Classify(code));
        var exception = SqliteErrors.Create(code, "its own words", "/data/betar.db");
        Assert.Equal(failure, exception.Failure);
        Assert.False(exception.OutcomeUnknown);
        Assert.Contains("/data/betar.db", exception.Message, StringComparison.Ordinal);
        Assert.EndsWith($"(SQLite {code}: its own words)", exception.Message, StringComparison.Ordinal);
    }

    private static long Count(SqliteConnection connection) => connection.ScalarInt64("SELECT count(*) FROM t");

    private SqliteConnection Open(SqliteOpenMode mode) => SqliteConnection.Open(folder.Database, mode, TimeSpan.Zero);
}
