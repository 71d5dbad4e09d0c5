using Betar.Storage.Ledger;
using Betar.Storage.Sqlite;
using Betar.Storage.Tests.Support;

namespace Betar.Storage.Tests.Database;

/// <summary>One writer, many callers: what shares a batch, and who suffers when something fails.</summary>
public sealed class WriterTests : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private BetarDatabase database = null!;

    public Task InitializeAsync()
    {
        database = BetarDatabase.Open(folder.Database, new BetarDatabaseOptions { BusyTimeout = TimeSpan.FromMilliseconds(50), MaxQueuedWrites = 20 });
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await database.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task What_waits_at_one_moment_is_one_transaction()
    {
        using var gate = Gate.Close(database);
        var before = RawFile.Number(folder.Database, "PRAGMA data_version");
        var writes = Enumerable.Range(0, 10).Select(number => Put($"k{number}")).ToList();
        var together = Probe(connection => connection.ScalarInt64("SELECT count(*) FROM grain_state"));
        gate.Open();
        await Task.WhenAll(writes);
        Assert.Equal(10, await together);
        Assert.True(before > 0);
    }

    [Fact]
    public async Task Operations_run_in_the_order_of_their_arrival()
    {
        using var gate = Gate.Close(database);
        var order = new List<int>();
        var all = Enumerable.Range(0, 15).Select(number => Probe(_ =>
        {
            order.Add(number);
            return 0;
        })).ToList();
        gate.Open();
        await Task.WhenAll(all);
        Assert.Equal(Enumerable.Range(0, 15), order);
    }

    [Fact]
    public async Task One_that_throws_before_it_wrote_fails_alone()
    {
        using var gate = Gate.Close(database);
        var before = Put("before");
        var bad = Probe<int>(_ => throw new InvalidOperationException("mine"));
        var after = Put("after");
        gate.Open();
        await Task.WhenAll(before, after);
        Assert.Equal("mine", (await Assert.ThrowsAsync<InvalidOperationException>(() => bad)).Message);
        Assert.Equal(2, RawFile.Number(folder.Database, "SELECT count(*) FROM grain_state"));
    }

    [Fact]
    public async Task One_whose_statement_is_refused_fails_alone()
    {
        using var gate = Gate.Close(database);
        var first = Put("same");
        var second = Put("same");
        var third = Put("other");
        gate.Open();
        await Task.WhenAll(first, third);
        Assert.Equal(StorageFailure.Constraint, (await Assert.ThrowsAsync<StorageException>(() => second)).Failure);
        Assert.Equal(2, RawFile.Number(folder.Database, "SELECT count(*) FROM grain_state"));
    }

    [Fact]
    public async Task One_that_throws_after_it_wrote_takes_its_batch_along_and_nothing_is_half_written()
    {
        await database.Ledger.RunAsync(1, LedgerKind.Reserved);
        var gate = Gate.Close(database);
        var neighbour = Put("neighbour");
        var append = database.Ledger.AppendAsync(TestOrders.Append(1, 1, LedgerKind.Settled), default).AsTask();
        var bad = Probe<int>(connection =>
        {
            Insert(connection, "half");
            throw new InvalidOperationException("mine");
        });
        gate.Open();
        foreach (var failed in new Task[] { neighbour, append, bad })
        {
            var failure = await Assert.ThrowsAsync<StorageException>(() => failed);
            Assert.Equal(StorageFailure.Unexpected, failure.Failure);
            Assert.False(failure.OutcomeUnknown);
        }

        Assert.Equal(0, RawFile.Number(folder.Database, "SELECT count(*) FROM grain_state"));

        // The ledger's memory went back with the file.
        await Put("later");
        Assert.Equal(2, (await database.Ledger.MustAppendAsync(TestOrders.Append(1, 1, LedgerKind.Settled))).Sequence);
        Assert.True((await database.Ledger.VerifyAsync(default)).Ok);
    }

    [Fact]
    public async Task A_lock_of_another_process_fails_the_batch_and_the_writer_goes_on()
    {
        using (var other = SqliteConnection.Open(folder.Database, SqliteOpenMode.ReadWrite, TimeSpan.Zero))
        {
            other.Execute("BEGIN IMMEDIATE");
            var failure = await Assert.ThrowsAsync<StorageException>(() => Put("a"));
            Assert.Equal(StorageFailure.Busy, failure.Failure);
            Assert.Contains(folder.Database, failure.Message, StringComparison.Ordinal);
            other.Execute("ROLLBACK");
        }

        await Put("b");
        Assert.False(database.Stopped.IsCompleted);
    }

    [Fact]
    public async Task Another_process_that_appended_is_noticed()
    {
        await database.Ledger.RunAsync(1, LedgerKind.Reserved);
        await using (var other = BetarDatabase.Open(folder.Database))
            await other.Ledger.MustAppendAsync(TestOrders.Append(1, 1, LedgerKind.Settled));

        var late = await database.Ledger.AppendAsync(TestOrders.Append(1, 1, LedgerKind.Refused), default);
        Assert.Equal(AppendStatus.Conflict, late.Status);
        Assert.Equal(LedgerKind.Settled, late.Entry!.Kind);
        await database.Ledger.MustAppendAsync(TestOrders.Append(1, 2, LedgerKind.Delivered));
        Assert.True((await database.Ledger.VerifyAsync(default)).Ok);
    }

    [Fact]
    public async Task A_full_file_fails_its_batch_and_the_writer_goes_on_when_there_is_room()
    {
        await database.Ledger.RunAsync(1, LedgerKind.Reserved);
        var pages = await Probe(connection => connection.ScalarInt64("PRAGMA page_count"));
        await Probe(connection => connection.ScalarInt64($"PRAGMA max_page_count={pages + 3}"));

        var large = TestOrders.Append(1, 1, LedgerKind.Settled) with { Body = new byte[100_000] };
        var failure = await Assert.ThrowsAsync<StorageException>(async () => await database.Ledger.AppendAsync(large, default));
        Assert.Equal(StorageFailure.DiskFull, failure.Failure);
        Assert.False(failure.OutcomeUnknown);
        Assert.Single(await database.Ledger.ReadAsync(TestOrders.Payment(1), default));

        await Probe(connection => connection.ScalarInt64("PRAGMA max_page_count=1000000"));
        await database.Ledger.MustAppendAsync(large);
        Assert.True((await database.Ledger.VerifyAsync(default)).Ok);
    }

    [Fact]
    public async Task One_write_too_many_is_refused_and_the_rest_go_on()
    {
        var gate = Gate.Close(database);
        var waiting = Enumerable.Range(0, 20).Select(number => Put($"k{number}")).ToList();
        var refusal = await Assert.ThrowsAsync<StorageException>(() => Put("too many"));
        Assert.Equal(StorageFailure.Overloaded, refusal.Failure);
        gate.Open();
        await Task.WhenAll(waiting);
        await Put("again");
    }

    [Fact]
    public async Task A_caller_that_gave_up_in_the_queue_writes_nothing()
    {
        using var gate = Gate.Close(database);
        using var cancellation = new CancellationTokenSource();
        var given = database.Ledger.AppendAsync(TestOrders.Append(1, 0, LedgerKind.Reserved), cancellation.Token).AsTask();
        var kept = database.Ledger.AppendAsync(TestOrders.Append(2, 0, LedgerKind.Reserved), default).AsTask();
        await cancellation.CancelAsync();
        gate.Open();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        Assert.Equal(1, (await kept).Entry!.Sequence);
        Assert.False(await database.Ledger.ExistsAsync(TestOrders.Payment(1), default));
    }

    [Fact]
    public async Task Closing_writes_what_waits()
    {
        var gate = Gate.Close(database);
        var waiting = Enumerable.Range(0, 10).Select(number => Put($"k{number}")).ToList();
        var closing = database.DisposeAsync().AsTask();
        gate.Open();
        await closing;
        await Task.WhenAll(waiting);
        Assert.Equal(10, RawFile.Number(folder.Database, "SELECT count(*) FROM grain_state"));
    }

    [Fact]
    public async Task Batches_larger_than_the_limit_are_cut()
    {
        await using var other = BetarDatabase.Open(folder.File("other.db"), new BetarDatabaseOptions { MaxBatch = 3 });
        var gate = Gate.Close(other);
        var all = Enumerable.Range(0, 10).Select(number => other.WriteAsync(ProbeOperation.Create(connection => Insert(connection, $"k{number}"))).AsTask()).ToList();
        gate.Open();
        await Task.WhenAll(all);
        Assert.Equal(10, RawFile.Number(other.Path, "SELECT count(*) FROM grain_state"));
    }

    [Fact]
    public async Task The_log_is_copied_into_the_file_when_it_has_grown()
    {
        await using var other = BetarDatabase.Open(folder.File("other.db"), new BetarDatabaseOptions { CheckpointPages = 20 });
        for (var number = 0; number < 600; number++)
            await other.WriteAsync(ProbeOperation.Create(connection => Insert(connection, $"k{number}")));

        // However slow the thread that copies is: from eight times the threshold on writers wait for it.
        Assert.InRange(new FileInfo(other.Path + "-wal").Length, 1, (8 * 20 + 10) * 4_200);
    }

    [Fact]
    public async Task Readers_beyond_the_limit_wait_their_turn()
    {
        await using var other = BetarDatabase.Open(folder.File("other.db"), new BetarDatabaseOptions { MaxReaders = 2 });
        var busy = 0;
        var most = 0;
        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(async () => await other.ReadAsync(0, (reader, _) =>
        {
            InterlockedMax(ref most, Interlocked.Increment(ref busy));
            var rows = reader.Connection.ScalarInt64("SELECT count(*) FROM ledger");
            Interlocked.Decrement(ref busy);
            return rows;
        }, default))));
        Assert.InRange(most, 1, 2);
    }

    [Fact]
    public async Task A_reader_that_waits_can_give_up()
    {
        await using var other = BetarDatabase.Open(folder.File("other.db"), new BetarDatabaseOptions { MaxReaders = 1 });
        var entered = new TaskCompletionSource();
        using var leave = new ManualResetEventSlim();
        var holder = Task.Run(async () => await other.ReadAsync(0, (_, _) =>
        {
            entered.SetResult();
            leave.Wait();
            return 0;
        }, default));
        await entered.Task;
        using var cancellation = new CancellationTokenSource();
        var waiting = other.Ledger.TotalsAsync(cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        leave.Set();
        await holder;
        await other.Ledger.TotalsAsync(default);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); seen < value;)
        {
            var found = Interlocked.CompareExchange(ref target, value, seen);
            if (found == seen)
                return;
            seen = found;
        }
    }

    private static int Insert(SqliteConnection connection, string key)
    {
        using var insert = connection.PrepareOnce("INSERT INTO grain_state (provider, grain, name, version) VALUES ('p', ?1, 'n', 1)");
        return insert.Bind(1, key).Run();
    }

    private Task<int> Put(string key) => Probe(connection => Insert(connection, key));

    private Task<T> Probe<T>(Func<SqliteConnection, T> probe) => database.WriteAsync(ProbeOperation.Create(probe)).AsTask();

    /// <summary>Holds the writer inside an operation, so that what comes after it waits together.</summary>
    private sealed class Gate : IDisposable
    {
        private readonly ManualResetEventSlim opened = new();
        private readonly ManualResetEventSlim entered = new();

        public static Gate Close(BetarDatabase database)
        {
            var gate = new Gate();
            _ = database.WriteAsync(ProbeOperation.Create(_ =>
            {
                gate.entered.Set();
                gate.opened.Wait();
                return 0;
            })).AsTask();
            gate.entered.Wait();
            return gate;
        }

        public void Open() => opened.Set();

        public void Dispose()
        {
            opened.Dispose();
            entered.Dispose();
        }
    }
}
