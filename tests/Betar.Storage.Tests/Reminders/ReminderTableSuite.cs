using Betar.Tests.Shared;
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
    public async Task Random_ranges_split_the_ring_without_a_gap_and_without_a_double()
    {
        for (var number = 0; number < 60; number++)
            await Table.UpsertRow(Entry($"grain{number}", "r"));
        var random = new Random(TestSeed.Value);
        for (var round = 0; round < 20; round++)
        {
            // Silos own what lies between their place on the ring and the next one's.
            var places = Enumerable.Range(0, random.Next(1, 6)).Select(_ => (uint)random.NextInt64(uint.MaxValue)).Distinct().Order().ToList();
            var found = new List<string>();
            for (var silo = 0; silo < places.Count; silo++)
            {
                var rows = await Table.ReadRows(places[silo], places[(silo + 1) % places.Count]);
                found.AddRange(rows.Reminders.Select(row => row.GrainId.Key.ToString()!));
            }

            Assert.True(found.Count == 60 && found.Distinct().Count() == 60,
                $"Seed {TestSeed.Value}, places {string.Join(' ', places)}: {found.Count} rows of {found.Distinct().Count()} reminders.");
        }
    }

    [Fact]
    public async Task After_a_second_upsert_the_first_etag_removes_nothing()
    {
        var first = await Table.UpsertRow(Entry("alice", "renew"));
        var second = await Table.UpsertRow(Entry("alice", "renew"));
        Assert.False(await Table.RemoveRow(Grain("alice"), "renew", first!));
        Assert.True(await Table.RemoveRow(Grain("alice"), "renew", second!));
    }

    [Theory]
    [InlineData("")]
    [InlineData("o'brien")]
    [InlineData("ünïcödé \U0001F4B0")]
    [InlineData("RENEW")]
    public async Task Names_may_be_spelled_in_any_way(string name)
    {
        await Table.UpsertRow(Entry("alice", "renew"));
        await Table.UpsertRow(Entry("alice", name));
        Assert.Equal(name, (await Table.ReadRow(Grain("alice"), name))!.ReminderName);
        Assert.Equal(2, (await Table.ReadRows(Grain("alice"))).Reminders.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(long.MaxValue)]
    public async Task Times_are_kept_to_the_tick(long period)
    {
        var entry = Entry("alice", "renew");
        (entry.StartAt, entry.Period) = (new DateTime(DateTime.MaxValue.Ticks, DateTimeKind.Utc), TimeSpan.FromTicks(period));
        await Table.UpsertRow(entry);
        var row = (await Table.ReadRow(Grain("alice"), "renew"))!;
        Assert.Equal((DateTime.MaxValue.Ticks, period), (row.StartAt.Ticks, row.Period.Ticks));
    }

    [Fact]
    public async Task Upserts_at_once_each_have_an_etag_of_their_own()
    {
        var tags = await Task.WhenAll(Enumerable.Range(0, 50).Select(number => Table.UpsertRow(Entry($"grain{number % 10}", "r"))));
        Assert.Equal(50, tags.Distinct().Count());
        Assert.Equal(10, (await Table.ReadRows(0, uint.MaxValue)).Reminders.Count);
        foreach (var row in (await Table.ReadRows(0, uint.MaxValue)).Reminders)
            Assert.True(await Table.RemoveRow(row.GrainId, row.ReminderName, row.ETag!));
    }

    [Fact]
    public async Task Removing_one_leaves_the_others()
    {
        await Table.UpsertRow(Entry("alice", "a"));
        var etag = await Table.UpsertRow(Entry("alice", "b"));
        await Table.UpsertRow(Entry("bob", "b"));
        Assert.True(await Table.RemoveRow(Grain("alice"), "b", etag!));
        Assert.Equal("a", Assert.Single((await Table.ReadRows(Grain("alice"))).Reminders).ReminderName);
        Assert.Single((await Table.ReadRows(Grain("bob"))).Reminders);
    }

    [Fact]
    public async Task A_grain_without_reminders_reads_as_no_rows() => Assert.Empty((await Table.ReadRows(Grain("nobody"))).Reminders);

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
