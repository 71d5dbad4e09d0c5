using Betar.Storage.Database;
using Betar.Storage.Ledger;
using Betar.Storage.Sqlite;
using Betar.Storage.Tests.Support;

namespace Betar.Storage.Tests.Database;

/// <summary>The log is kept short beside the commits, whatever readers hold.</summary>
public sealed class WalKeeperTests : IAsyncLifetime
{
    private const int FrameBytes = 4_096 + 24;
    private const int Threshold = 20;
    private readonly TempFolder folder = new();
    private BetarDatabase database = null!;

    private long WalFrames => new FileInfo(folder.Database + "-wal").Length / FrameBytes;

    public Task InitializeAsync()
    {
        database = BetarDatabase.Open(folder.Database, new BetarDatabaseOptions { CheckpointPages = Threshold });
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await database.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Writers_that_never_pause_do_not_let_it_grow_without_end()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(caller => Task.Run(async () =>
        {
            for (var order = 0; order < 100; order++)
                await database.Ledger.MustAppendAsync(TestOrders.Append(caller * 100 + order, 0, LedgerKind.Reserved));
        })));

        // Eight times the threshold, and the batch that goes over it.
        Assert.InRange(WalFrames, 1, (8 * Threshold) + 200);
    }

    [Fact]
    public async Task A_reader_in_the_middle_of_something_delays_it_and_loses_nothing()
    {
        await database.Ledger.RunAsync(1, LedgerKind.Reserved);
        await database.ReadAsync(0, (reader, _) =>
        {
            reader.Connection.BeginSnapshot();
            Assert.Equal(1, reader.Connection.ScalarInt64("SELECT count(*) FROM ledger"));
            AppendMany(2, 60);

            // What was committed since is in the log, and not for this reader.
            Assert.True(WalFrames > Threshold);
            Assert.Equal(1, reader.Connection.ScalarInt64("SELECT count(*) FROM ledger"));
            reader.Connection.EndSnapshot();
            return 0;
        }, default);
        var grown = WalFrames;
        for (var round = 0; round < 10; round++)
            AppendMany(1_000 + round * 60, 60);

        // Once the reader is gone the log begins anew instead of growing with every entry.
        Assert.InRange(WalFrames, grown, grown + 300);
        var report = await database.Ledger.VerifyAsync(default);
        Assert.Empty(report.Faults);
        Assert.Equal(661, report.Totals.Entries);
    }

    [Fact]
    public async Task Closing_leaves_no_log_behind()
    {
        AppendMany(1, 30);
        Assert.True(File.Exists(folder.Database + "-wal"));
        await database.DisposeAsync();
        Assert.Equal([BetarDatabase.FileName], Directory.GetFiles(folder.Root).Select(Path.GetFileName));
        await using var again = BetarDatabase.OpenReadOnly(folder.Database);
        Assert.Equal(30, (await again.Ledger.TotalsAsync(default)).Entries);
    }

    [Fact]
    public async Task A_write_larger_than_the_threshold_is_no_trouble()
    {
        var body = new byte[(Threshold * 10) * 4_096];
        for (var order = 0; order < 3; order++)
            await database.Ledger.MustAppendAsync(TestOrders.Append(TestOrders.Payment(order), 0, LedgerKind.Reserved, body: body));
        Assert.True((await database.Ledger.VerifyAsync(default)).Ok);
    }

    [Fact]
    public void Somebody_else_at_the_same_work_is_no_fault_unless_it_lasts()
    {
        using var writer = SqliteConnection.Open(folder.Database, SqliteOpenMode.ReadWrite, TimeSpan.Zero);
        var faults = new List<StorageException>();
        var busy = true;
        var tries = 0;
        using var keeper = new WalKeeper(writer, SqliteConnection.Open(folder.Database, SqliteOpenMode.ReadWrite, TimeSpan.Zero), 0, faults.Add)
        {
            Checkpoint = (SqliteConnection connection, out int frames, out int copied) =>
            {
                tries++;
                return connection.CheckpointPassive(out frames, out copied) && !busy;
            },
        };

        TryTwice(keeper, 3);
        Assert.Equal(6, tries);
        Assert.Empty(faults);
        TryTwice(keeper, 1);
        Assert.Equal(StorageFailure.Busy, Assert.Single(faults).Failure);

        busy = false;
        TryTwice(keeper, 1);
        busy = true;
        TryTwice(keeper, 3);
        Assert.Single(faults);
    }

    /// <summary>With no threshold the first call wakes the thread and the second waits for it and copies the rest.</summary>
    private static void TryTwice(WalKeeper keeper, int times)
    {
        for (var call = 0; call < times * 2; call++)
            keeper.AfterBatch();
    }

    private void AppendMany(int first, int count)
    {
        for (var order = first; order < first + count; order++)
            database.Ledger.MustAppendAsync(TestOrders.Append(order, 0, LedgerKind.Reserved)).GetAwaiter().GetResult();
    }
}
