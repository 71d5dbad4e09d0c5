using Orleans;
using Orleans.Runtime;

namespace Betar.Orleans.Embedded.Tests.Reminders;

public sealed class MemoryReminderTableTests
{
    private static readonly GrainId Grain = GrainId.Create("probe", "a");
    private readonly MemoryReminderTable _table = new();

    [Fact]
    public async Task A_row_that_nobody_wrote_is_not_there()
    {
        Assert.Null(await _table.ReadRow(Grain, "r"));
        Assert.Empty((await _table.ReadRows(Grain)).Reminders);
    }

    [Fact]
    public async Task A_row_comes_back_as_it_was_written()
    {
        var etag = await _table.UpsertRow(Row(Grain, "r"));
        var row = await _table.ReadRow(Grain, "r");
        Assert.Equal((Grain, "r", Row(Grain, "r").StartAt, TimeSpan.FromMinutes(5), etag), (row!.GrainId, row.ReminderName, row.StartAt, row.Period, row.ETag));
    }

    [Fact]
    public async Task Each_write_gives_another_etag() =>
        Assert.NotEqual(await _table.UpsertRow(Row(Grain, "r")), await _table.UpsertRow(Row(Grain, "r")));

    [Fact]
    public async Task Writing_a_name_again_replaces_its_row()
    {
        await _table.UpsertRow(Row(Grain, "r"));
        var longer = Row(Grain, "r");
        longer.Period = TimeSpan.FromHours(1);
        await _table.UpsertRow(longer);
        Assert.Equal(TimeSpan.FromHours(1), Assert.Single((await _table.ReadRows(Grain)).Reminders).Period);
    }

    [Fact]
    public async Task Rows_of_other_grains_are_not_among_those_of_a_grain()
    {
        await _table.UpsertRow(Row(Grain, "r"));
        await _table.UpsertRow(Row(GrainId.Create("probe", "b"), "r"));
        await _table.UpsertRow(Row(Grain, "s"));
        Assert.Equal(["r", "s"], (await _table.ReadRows(Grain)).Reminders.Select(static row => row.ReminderName).Order());
    }

    [Fact]
    public async Task A_row_is_removed_by_its_etag()
    {
        var etag = await _table.UpsertRow(Row(Grain, "r"));
        Assert.True(await _table.RemoveRow(Grain, "r", etag!));
        Assert.Null(await _table.ReadRow(Grain, "r"));
    }

    [Fact]
    public async Task A_row_that_changed_since_is_not_removed()
    {
        var stale = await _table.UpsertRow(Row(Grain, "r"));
        await _table.UpsertRow(Row(Grain, "r"));
        Assert.False(await _table.RemoveRow(Grain, "r", stale!));
        Assert.NotNull(await _table.ReadRow(Grain, "r"));
    }

    [Fact]
    public async Task A_row_that_is_not_there_cannot_be_removed() => Assert.False(await _table.RemoveRow(Grain, "r", "1"));

    [Fact]
    public async Task A_range_holds_the_rows_whose_hash_lies_in_it()
    {
        var grains = Enumerable.Range(0, 50).Select(static i => GrainId.Create("probe", $"g{i}")).ToArray();
        foreach (var grain in grains)
            await _table.UpsertRow(Row(grain, "r"));
        var middle = uint.MaxValue / 2;
        var low = (await _table.ReadRows(0, middle)).Reminders;
        var high = (await _table.ReadRows(middle, 0)).Reminders;
        Assert.All(low, row => Assert.InRange(row.GrainId.GetUniformHashCode(), 1u, middle));
        Assert.Equal(grains.Length, low.Count + high.Count);
        Assert.NotEmpty(low);
        Assert.NotEmpty(high);
    }

    [Fact]
    public async Task Whoever_changes_the_row_that_he_was_given_does_not_change_the_table()
    {
        var mine = Row(Grain, "r");
        await _table.UpsertRow(mine);
        mine.Period = TimeSpan.Zero;
        (await _table.ReadRow(Grain, "r"))!.Period = TimeSpan.Zero;
        Assert.Equal(TimeSpan.FromMinutes(5), (await _table.ReadRow(Grain, "r"))!.Period);
    }

    [Fact]
    public async Task A_cleared_table_is_empty()
    {
        await _table.UpsertRow(Row(Grain, "r"));
        await _table.TestOnlyClearTable();
        Assert.Empty((await _table.ReadRows(0, 0)).Reminders);
    }

    private static ReminderEntry Row(GrainId grain, string name) => new()
    {
        GrainId = grain,
        ReminderName = name,
        StartAt = new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc),
        Period = TimeSpan.FromMinutes(5),
    };
}
