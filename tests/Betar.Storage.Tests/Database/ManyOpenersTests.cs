using Betar.Storage.Database;
using Betar.Storage.Ledger;
using Betar.Storage.Tests.Support;

namespace Betar.Storage.Tests.Database;

/// <summary>Several open one file at the same moment: one makes or brings it forward, all find it whole.</summary>
public sealed class ManyOpenersTests : IDisposable
{
    private static readonly Migration Second = new(2, "CREATE TABLE extra (x INTEGER); INSERT INTO extra VALUES (1);");
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_new_file_is_made_once()
    {
        var databases = await OpenTogetherAsync(4, Schema.Migrations);
        for (var number = 0; number < databases.Length; number++)
            await databases[number].Ledger.MustAppendAsync(TestOrders.Append(number, 0, LedgerKind.Reserved));
        var report = await databases[0].Ledger.VerifyAsync(default);
        Assert.Empty(report.Faults);
        Assert.Equal(4, report.Totals.Entries);
        await CloseAsync(databases);
        Assert.Equal(Schema.Migrations[^1].Version, RawFile.Number(folder.Database, "PRAGMA user_version"));
    }

    [Fact]
    public async Task An_older_file_is_brought_forward_once()
    {
        await using (var old = BetarDatabase.Open(folder.Database, null, null, null, readOnly: false, [Schema.Migrations[0]]))
            await old.Ledger.RunAsync(1, LedgerKind.Reserved);
        var databases = await OpenTogetherAsync(4, [Schema.Migrations[0], Second]);
        await CloseAsync(databases);
        Assert.Equal(2, RawFile.Number(folder.Database, "PRAGMA user_version"));
        Assert.Equal(1, RawFile.Number(folder.Database, "SELECT count(*) FROM extra"));
        Assert.Equal(1, RawFile.Number(folder.Database, "SELECT count(*) FROM ledger"));

        // Whoever came first or late, each copy is whole and of the version before.
        var copies = Directory.GetFiles(folder.Root).Where(file => file.Contains(".before-v2", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(copies);
        Assert.All(copies, copy => Assert.Equal(1, RawFile.Number(copy, "SELECT count(*) FROM ledger")));
        Assert.DoesNotContain(Directory.GetFiles(folder.Root), file => file.EndsWith(".part", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_writers_at_once_share_one_chain()
    {
        var databases = await OpenTogetherAsync(2, Schema.Migrations);
        await Task.WhenAll(databases.Select((database, writer) => Task.Run(async () =>
        {
            for (var order = 0; order < 40; order++)
                await database.Ledger.RunAsync((writer * 100) + order, LedgerKind.Reserved, LedgerKind.Settled);
        })));
        var report = await databases[1].Ledger.VerifyAsync(default);
        Assert.Empty(report.Faults);
        Assert.Equal((80L, 160L), (report.Totals.Orders, report.Totals.Entries));
        await CloseAsync(databases);
    }

    private async Task<BetarDatabase[]> OpenTogetherAsync(int count, IReadOnlyList<Migration> migrations)
    {
        using var start = new Barrier(count);
        return await Task.WhenAll(Enumerable.Range(0, count).Select(_ => Task.Factory.StartNew(() =>
        {
            start.SignalAndWait();
            return BetarDatabase.Open(folder.Database, new BetarDatabaseOptions { BusyTimeout = TimeSpan.FromSeconds(30) }, null, null, readOnly: false, migrations);
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
    }

    private static async Task CloseAsync(BetarDatabase[] databases)
    {
        foreach (var database in databases)
            await database.DisposeAsync();
    }
}
