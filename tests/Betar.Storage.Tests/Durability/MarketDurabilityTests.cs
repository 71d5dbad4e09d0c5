using Betar.Marketplace.Exchange;
using Betar.Marketplace.Replication.Store;
using Betar.Storage.Market;

namespace Betar.Storage.Tests.Durability;

/// <summary>What the marketplace was told to be kept survives a kill and a loss of power, and a commit is there whole or not at all.</summary>
public sealed class MarketDurabilityTests
{
    [Theory]
    [InlineData(1, 40, 7)]
    [InlineData(1, 40, 33)]
    [InlineData(6, 20, 60)]
    [InlineData(6, 20, int.MaxValue)]
    public async Task Every_commit_that_was_answered_survives_a_loss_of_power(int callers, int count, int killAfter)
    {
        using var run = CrasherRun.Kill(callers, count, killAfter, verb: MarketCrasher.Verb);
        Assert.NotEmpty(run.Acknowledged);
        await AssertAllThere(run, run.AfterPowerLoss());
    }

    [Fact]
    public async Task Every_commit_that_was_answered_survives_a_kill()
    {
        using var run = CrasherRun.Kill(4, 20, 50, verb: MarketCrasher.Verb);
        await AssertAllThere(run, run.Written);
    }

    [Fact]
    public async Task A_disk_that_lies_about_syncs_is_noticed_by_these_tests()
    {
        using var run = CrasherRun.Kill(1, 40, fault: "BETAR_SHIM_LIE", value: 10, verb: MarketCrasher.Verb);
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => AssertAllThere(run, run.AfterPowerLoss()));
        await AssertAllThere(run, run.Written);
    }

    [Fact]
    public async Task A_failing_disk_stops_the_writer_and_loses_nothing_that_was_answered()
    {
        using var run = CrasherRun.Kill(4, 20, fault: "BETAR_SHIM_FAIL", value: 15, verb: MarketCrasher.Verb);
        Assert.Contains("stopped", run.Lines);
        await AssertAllThere(run, run.AfterPowerLoss());
    }

    private static async Task AssertAllThere(CrasherRun run, string path)
    {
        await using var database = MarketDatabase.Open(path);
        ReplicaState state = await database.Replica.LoadAsync(default);
        Dictionary<string, ListingRow> rows = (await database.Listings.LoadAsync(default)).ToDictionary(row => row.Id);
        foreach (var (caller, number, _) in run.Acknowledged)
        {
            if (caller == 0)
            {
                Assert.True(state.LastSequence > number, $"Node {number} was kept and is lost.");
                continue;
            }

            ListingRow written = MarketCrasher.Listing(caller, number);
            Assert.True(rows.TryGetValue(written.Id, out ListingRow? row), $"{written.Id} was kept and is lost.");
            Assert.Equal(written.Record.ToArray(), row!.Record.ToArray());
            Assert.Equal(written.Checked.ToArray(), row.Checked.ToArray());
        }

        await AssertWhole(database, state);
    }

    /// <summary>Whatever was committed last: its node, its head and its elements are those of one moment.</summary>
    private static async Task AssertWhole(MarketDatabase database, ReplicaState state)
    {
        int count = (int)state.LastSequence;
        Assert.Equal(count, state.NodeCount);
        for (int number = 0; number < count; number++)
            Assert.Equal(MarketCrasher.Node(number).Data.ToArray(), (await database.Replica.FindAsync(MarketCrasher.Node(number).Id, default))!.Data.ToArray());
        if (count == 0)
            return;
        Assert.Equal([MarketCrasher.Node(count - 1).Id], state.Heads);
        Assert.Equal(
            Enumerable.Range(0, count).Where(number => number % 2 == 1 || number == count - 1).Select(MarketCrasher.Key).Order(StringComparer.Ordinal),
            state.Elements.Select(element => element.Key).Order(StringComparer.Ordinal));
    }
}
