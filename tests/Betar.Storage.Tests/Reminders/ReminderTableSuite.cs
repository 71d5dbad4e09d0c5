using Orleans;
using Orleans.Runtime;

namespace Betar.Storage.Tests.Reminders;

/// <summary>What every reminder table must do, as Orleans' tables do it.</summary>
public abstract class ReminderTableSuite : IAsyncLifetime
{
    private static readonly DateTime Start = new(2026, 8, 1, 12, 0, 0, 123, DateTimeKind.Utc);

    protected abstract IReminderTable Table { get; }

    public abstract Task InitializeAsync();

    public abstract Task DisposeAsync();

    [Fact]
    public async Task A_row_comes_back_as_it_was_written()
    {
        var etag = await Table.UpsertRow(Entry("alice", "renew"));
        var row = await Table.ReadRow(Grain("alice"), "renew");
        Assert.Equal((Grain("alice"), "renew", Start, TimeSpan.FromMinutes(5), etag), (row!.GrainId, row.ReminderName, row.StartAt, row.Period, row.ETag));
        Assert.Equal(DateTimeKind.Utc, row.StartAt.Kind);
    }

    [Fact]
    public async Task A_row_that_is_not_there_reads_as_null() => Assert.Null(await Table.ReadRow(Grain("alice"), "renew"));

    [Fact]
    public async Task A_second_upsert_replaces_and_changes_the_etag()
    {
        var first = await Table.UpsertRow(Entry("alice", "renew"));
        var changed = Entry("alice", "renew");
        changed.Period = TimeSpan.FromHours(1);
        var second = await Table.UpsertRow(changed);
        Assert.NotEqual(first, second);
        Assert.Equal(TimeSpan.FromHours(1), Assert.Single((await Table.ReadRows(Grain("alice"))).Reminders).Period);
    }

    [Fact]
    public async Task Rows_of_a_grain_are_its_own()
    {
        await Table.UpsertRow(Entry("alice", "a"));
        await Table.UpsertRow(Entry("alice", "b"));
        await Table.UpsertRow(Entry("bob", "a"));
        Assert.Equal(["a", "b"], (await Table.ReadRows(Grain("alice"))).Reminders.Select(row => row.ReminderName).Order());
    }

    [Fact]
    public async Task A_row_is_removed_with_its_etag_only()
    {
        var etag = await Table.UpsertRow(Entry("alice", "renew"));
        Assert.False(await Table.RemoveRow(Grain("alice"), "renew", "999999"));
        Assert.False(await Table.RemoveRow(Grain("alice"), "renew", "not a number"));
        Assert.False(await Table.RemoveRow(Grain("alice"), "other", etag!));
        Assert.False(await Table.RemoveRow(Grain("bob"), "renew", etag!));
        Assert.NotNull(await Table.ReadRow(Grain("alice"), "renew"));
        Assert.True(await Table.RemoveRow(Grain("alice"), "renew", etag!));
        Assert.False(await Table.RemoveRow(Grain("alice"), "renew", etag!));
        Assert.Null(await Table.ReadRow(Grain("alice"), "renew"));
    }

    [Fact]
    public async Task Ranges_exclude_their_begin_include_their_end_and_run_through_zero()
    {
        var hashes = new List<uint>();
        for (var number = 0; number < 40; number++)
        {
            await Table.UpsertRow(Entry($"grain{number}", "r"));
            hashes.Add(Grain($"grain{number}").GetUniformHashCode());
        }

        hashes.Sort();
        foreach (var (begin, end) in new[]
        {
            (hashes[3], hashes[9]), (hashes[9], hashes[3]), (0u, uint.MaxValue), (hashes[5], hashes[5]), (0u, 0u), (hashes[0], hashes[^1]),
        })
        {
            var expected = hashes.Where(hash => begin < end ? hash > begin && hash <= end : hash > begin || hash <= end);
            Assert.Equal(expected, (await Table.ReadRows(begin, end)).Reminders.Select(row => row.GrainId.GetUniformHashCode()).Order());
        }
    }

    [Fact]
    public async Task The_test_hook_clears_everything()
    {
        await Table.UpsertRow(Entry("alice", "renew"));
        await Table.TestOnlyClearTable();
        Assert.Empty((await Table.ReadRows(0, uint.MaxValue)).Reminders);
    }

    protected static GrainId Grain(string key) => GrainId.Create("listing", key);

    protected static ReminderEntry Entry(string grain, string name) => new()
    {
        GrainId = Grain(grain), ReminderName = name, StartAt = Start, Period = TimeSpan.FromMinutes(5),
    };
}
