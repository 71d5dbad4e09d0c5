using Betar.Storage.Database;
using Betar.Storage.Sqlite;

namespace Betar.Storage.Tests.Database;

/// <summary>Connections are opened when needed, used again while they are sound, and never by two at once.</summary>
public sealed class ReaderPoolTests
{
    private int opened;

    [Fact]
    public async Task One_after_the_other_uses_one_connection()
    {
        using var pool = Pool(4);
        var seen = new HashSet<SqliteConnection>();
        for (var read = 0; read < 10; read++)
            seen.Add(await pool.ReadAsync(0, (reader, _) => reader.Connection, default));
        Assert.Single(seen);
        Assert.Equal(1, opened);
    }

    [Fact]
    public async Task A_connection_whose_read_failed_is_not_used_again()
    {
        using var pool = Pool(4);
        var first = await pool.ReadAsync(0, (reader, _) => reader.Connection, default);
        await Assert.ThrowsAsync<InvalidOperationException>(async () =>
            await pool.ReadAsync<int, int>(0, (_, _) => throw new InvalidOperationException("mine"), default));
        Assert.NotSame(first, await pool.ReadAsync(0, (reader, _) => reader.Connection, default));
        Assert.Equal(2, opened);
    }

    [Fact]
    public async Task A_connection_that_cannot_be_opened_takes_no_place_for_ever()
    {
        var broken = true;
        using var pool = new ReaderPool(() => broken ? throw new StorageException(StorageFailure.Busy, "busy") : Open(), 1);
        for (var attempt = 0; attempt < 3; attempt++)
            await Assert.ThrowsAsync<StorageException>(async () => await pool.ReadAsync(0, (_, _) => 0, default));
        broken = false;
        Assert.Equal(7, await pool.ReadAsync(7, (_, argument) => argument, default));
    }

    [Fact]
    public async Task Each_text_is_prepared_once_for_a_connection()
    {
        using var pool = Pool(1);
        var first = await pool.ReadAsync(0, (reader, _) => reader.Prepare("SELECT 1"), default);
        Assert.Same(first, await pool.ReadAsync(0, (reader, _) => reader.Prepare("SELECT 1"), default));
        Assert.NotSame(first, await pool.ReadAsync(0, (reader, _) => reader.Prepare("SELECT 2"), default));
    }

    [Fact]
    public async Task Readers_at_one_time_have_connections_of_their_own_up_to_the_limit()
    {
        using var pool = Pool(3);
        using var inside = new CountdownEvent(3);
        using var leave = new ManualResetEventSlim();
        var holders = Enumerable.Range(0, 3).Select(_ => Task.Factory.StartNew(() => pool.ReadAsync(0, (reader, _) =>
        {
            inside.Signal();
            leave.Wait();
            return reader.Connection;
        }, default).AsTask(), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()).ToArray();
        inside.Wait();
        var fourth = pool.ReadAsync(0, (reader, _) => reader.Connection, default);
        Assert.False(fourth.IsCompleted);
        leave.Set();
        var connections = await Task.WhenAll(holders);
        Assert.Equal(3, connections.Distinct().Count());
        Assert.Contains(await fourth, connections);
        Assert.Equal(3, opened);
    }

    [Fact]
    public async Task A_closed_pool_opens_nothing()
    {
        var pool = Pool(2);
        await pool.ReadAsync(0, (_, _) => 0, default);
        pool.Dispose();
        var refused = await Assert.ThrowsAsync<StorageException>(async () => await pool.ReadAsync(0, (_, _) => 0, default));
        Assert.Equal(StorageFailure.Stopped, refused.Failure);
        Assert.Equal(1, opened);
    }

    [Fact]
    public async Task Who_reads_while_it_closes_still_gets_an_answer()
    {
        var pool = Pool(1);
        using var entered = new ManualResetEventSlim();
        using var leave = new ManualResetEventSlim();
        var reading = Task.Run(async () => await pool.ReadAsync(0, (reader, _) =>
        {
            entered.Set();
            leave.Wait();
            return reader.Connection.ScalarInt64("SELECT 42");
        }, default));
        entered.Wait();
        pool.Dispose();
        leave.Set();
        Assert.Equal(42, await reading);
    }

    private ReaderPool Pool(int max) => new(Open, max);

    private SqliteConnection Open()
    {
        Interlocked.Increment(ref opened);
        return SqliteConnection.Open(":memory:", SqliteOpenMode.ReadWriteCreate, TimeSpan.Zero);
    }
}
