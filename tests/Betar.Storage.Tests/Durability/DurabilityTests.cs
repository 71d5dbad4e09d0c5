using Betar.Storage.Ledger;
using Betar.Storage.Tests.Support;

namespace Betar.Storage.Tests.Durability;

/// <summary>
/// A killed process proves nothing about the disk: the page cache outlives it. So every sync is counted, and the ledger is
/// opened from copies that hold no byte that was not synced.
/// </summary>
public sealed class DurabilityTests
{
    [Theory]
    [InlineData(1, 40, 1)]
    [InlineData(1, 40, 77)]
    [InlineData(16, 10, 200)]
    [InlineData(64, 5, int.MaxValue)]
    public async Task Every_acknowledged_entry_survives_a_loss_of_power(int callers, int orders, int killAfter)
    {
        using var run = CrasherRun.Kill(callers, orders, killAfter);
        Assert.NotEmpty(run.Acknowledged);
        await AssertAllThere(run, run.AfterPowerLoss());
    }

    [Fact]
    public async Task Every_acknowledged_entry_survives_a_kill()
    {
        using var run = CrasherRun.Kill(8, 20, 100);
        await AssertAllThere(run, run.Written);
    }

    [Fact]
    public async Task After_a_loss_of_power_the_ledger_goes_on()
    {
        using var run = CrasherRun.Kill(4, 10, 50);
        var path = run.AfterPowerLoss();
        await using (var database = BetarDatabase.Open(path))
        {
            foreach (var payment in await database.Ledger.OpenOrdersAsync(default))
            {
                var last = (await database.Ledger.ReadAsync(payment, default))[^1];
                await database.Ledger.MustAppendAsync(TestOrders.Append(payment, last.Index + 1,
                    last.Kind == LedgerKind.Reserved ? LedgerKind.Refused : LedgerKind.Delivered));
            }
        }

        await using var after = BetarDatabase.OpenReadOnly(path);
        var report = await after.Ledger.VerifyAsync(default);
        Assert.Empty(report.Faults);
        Assert.True(report.Totals.Held.IsZero);
    }

    [Fact]
    public void A_lone_append_costs_one_sync()
    {
        using var run = CrasherRun.Kill(1, 30, pages: 100_000);
        var appends = run.Acknowledged.Count();
        Assert.Equal(90, appends);

        // One each, and two to begin the log and to make the tables.
        Assert.Equal(appends + 2, run.Syncs("betar.db-wal"));
    }

    [Fact]
    public void Callers_of_one_moment_share_a_sync()
    {
        using var run = CrasherRun.Kill(64, 5);
        Assert.Equal(960, run.Acknowledged.Count());
        Assert.InRange(run.Syncs("betar.db-wal"), 1, 480);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    public async Task A_disk_that_lies_about_syncs_is_noticed_by_these_tests(int fromSync)
    {
        // If this loses nothing, the tests above prove nothing.
        using var run = CrasherRun.Kill(1, 40, fault: "BETAR_SHIM_LIE", value: fromSync);
        Assert.Equal(120, run.Acknowledged.Count());
        var lost = await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => AssertAllThere(run, run.AfterPowerLoss()));
        Assert.Contains("was acknowledged and is lost", lost.Message, StringComparison.Ordinal);
        await AssertAllThere(run, run.Written);
    }

    [Fact]
    public async Task A_full_disk_fails_its_batch_and_the_writer_goes_on_when_there_is_room()
    {
        using var run = CrasherRun.Kill(8, 30, fault: "BETAR_SHIM_SPACE", value: 400_000);
        Assert.NotEmpty(run.Failures);
        Assert.All(run.Failures, failure => Assert.Equal("DiskFull False", failure));
        Assert.Contains("running", run.Lines);
        Assert.True(run.Lines.FindLastIndex(line => line.StartsWith("ack", StringComparison.Ordinal))
            > run.Lines.FindIndex(line => line.StartsWith("fail", StringComparison.Ordinal)));
        await AssertAllThere(run, run.AfterPowerLoss());
        await AssertFailedOnesAreNotThere(run, run.AfterPowerLoss());
    }

    [Fact]
    public async Task A_failing_disk_stops_the_writer_and_loses_nothing_that_was_acknowledged()
    {
        using var run = CrasherRun.Kill(8, 30, fault: "BETAR_SHIM_FAIL", value: 20);
        Assert.Contains("stopped", run.Lines);
        Assert.Contains("InputOutput True", run.Failures);
        Assert.All(run.Failures, failure => Assert.True(failure is "InputOutput True" or "Stopped False", failure));
        await AssertAllThere(run, run.AfterPowerLoss());
        await AssertAllThere(run, run.Written);
    }

    private static async Task AssertAllThere(CrasherRun run, string path)
    {
        await using var database = BetarDatabase.Open(path);
        var report = await database.Ledger.VerifyAsync(default);
        Assert.Empty(report.Faults);
        foreach (var (order, index, hash) in run.Acknowledged)
        {
            var entries = await database.Ledger.ReadAsync(TestOrders.Payment(order), default);
            Assert.True(entries.Count > index, $"Entry {index} of order {order} was acknowledged and is lost.");
            Assert.Equal(hash, entries[index].Hash.ToString());
        }
    }

    private static async Task AssertFailedOnesAreNotThere(CrasherRun run, string path)
    {
        await using var database = BetarDatabase.Open(path);
        foreach (var words in run.Lines.Where(line => line.StartsWith("fail", StringComparison.Ordinal)).Select(line => line.Split(' ')))
        {
            var entries = await database.Ledger.ReadAsync(TestOrders.Payment(int.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture)), default);
            Assert.Equal(words[2], entries.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }
}
