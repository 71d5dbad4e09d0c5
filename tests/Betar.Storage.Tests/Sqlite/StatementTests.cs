using Betar.Storage.Sqlite;
using SQLitePCL;

namespace Betar.Storage.Tests.Sqlite;

/// <summary>What is bound comes back, and a statement that failed can be used again.</summary>
public sealed class StatementTests : IDisposable
{
    private readonly SqliteConnection connection = SqliteConnection.Open(":memory:", SqliteOpenMode.ReadWriteCreate, TimeSpan.Zero);

    public void Dispose() => connection.Dispose();

    public static TheoryData<string> Texts() => new()
    {
        "", "a", "\0", "a\0b", "ünïcödé", "\U0001F4B0", new string('x', 170), new string('x', 171), new string('x', 10_000),
        new string('€', 500), string.Concat(Enumerable.Repeat("\U0001F4B0", 5_000)),
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_text_comes_back_whatever_its_length_and_letters(string text)
    {
        using var statement = connection.PrepareOnce("SELECT ?1, typeof(?1)");
        statement.Bind(1, text);
        Assert.True(statement.Step());
        Assert.Equal(text, statement.GetText(0));
        Assert.Equal("text", statement.GetText(1));
        Assert.False(statement.IsNull(0));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_000)]
    public void Bytes_come_back_and_none_are_not_null(int length)
    {
        var bytes = new byte[length];
        Array.Fill(bytes, (byte)0xfe);
        using var statement = connection.PrepareOnce("SELECT ?1, typeof(?1)");
        statement.Bind(1, bytes);
        Assert.True(statement.Step());
        Assert.Equal(bytes, statement.GetBlob(0).ToArray());
        Assert.Equal("blob", statement.GetText(1));
    }

    [Fact]
    public void Utf8_is_bound_as_text_also_when_there_is_none()
    {
        using var statement = connection.PrepareOnce("SELECT ?1, typeof(?1), ?2, typeof(?2)");
        statement.BindUtf8(1, "grüße"u8).BindUtf8(2, []);
        Assert.True(statement.Step());
        Assert.Equal(("grüße", "text", "", "text"), (statement.GetText(0), statement.GetText(1), statement.GetText(2), statement.GetText(3)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void Integers_keep_all_their_bits(long number)
    {
        using var statement = connection.PrepareOnce("SELECT ?1");
        statement.Bind(1, number);
        Assert.True(statement.Step());
        Assert.Equal((number, raw.SQLITE_INTEGER), (statement.GetInt64(0), statement.TypeOf(0)));
    }

    [Fact]
    public void Null_is_null()
    {
        using var statement = connection.PrepareOnce("SELECT ?1");
        statement.BindNull(1);
        Assert.True(statement.Step());
        Assert.True(statement.IsNull(0));
        Assert.Equal("", statement.GetText(0));
        Assert.True(statement.GetBlob(0).IsEmpty);
    }

    [Fact]
    public void Binding_keeps_no_buffer_of_the_caller()
    {
        byte[] bytes = [1, 2, 3];
        using var statement = connection.PrepareOnce("SELECT ?1");
        statement.Bind(1, bytes);
        bytes[0] = 99;
        Assert.True(statement.Step());
        Assert.Equal([1, 2, 3], statement.GetBlob(0).ToArray());
    }

    [Fact]
    public void A_parameter_that_is_not_there_is_a_failure()
    {
        using var statement = connection.PrepareOnce("SELECT 1");
        Assert.Equal(StorageFailure.Unexpected, Assert.Throws<StorageException>(() => statement.Bind(1, 5)).Failure);
    }

    [Fact]
    public void Running_says_how_many_rows_changed_and_makes_ready_for_the_next_use()
    {
        connection.Execute("CREATE TABLE t (x INTEGER UNIQUE)");
        var insert = connection.Prepare("INSERT INTO t VALUES (?1), (?1 + 1)");
        Assert.Equal(2, insert.Bind(1, 10).Run());
        Assert.Equal(2, insert.Bind(1, 20).Run());
        Assert.Equal(4, connection.ScalarInt64("SELECT count(*) FROM t"));
        Assert.Equal(4, connection.TotalChanges);
    }

    [Fact]
    public void A_statement_that_was_refused_can_be_used_again()
    {
        connection.Execute("CREATE TABLE t (x INTEGER UNIQUE)");
        var insert = connection.Prepare("INSERT INTO t VALUES (?1)");
        insert.Bind(1, 1).Run();
        var refused = Assert.Throws<StorageException>(() => insert.Bind(1, 1).Run());
        Assert.Equal(StorageFailure.Constraint, refused.Failure);
        Assert.Contains("t.x", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, insert.Bind(1, 2).Run());
    }

    [Fact]
    public void Rows_end_and_begin_again_after_a_reset()
    {
        connection.Execute("CREATE TABLE t (x INTEGER); INSERT INTO t VALUES (1), (2)");
        var select = connection.Prepare("SELECT x FROM t ORDER BY x");
        for (var again = 0; again < 2; again++)
        {
            Assert.True(select.Step());
            Assert.Equal(1, select.GetInt64(0));
            Assert.True(select.Step());
            Assert.Equal(2, select.GetInt64(0));
            Assert.False(select.Step());
            select.Reset();
        }
    }
}
