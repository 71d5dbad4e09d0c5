using Betar.Storage.Workflows;

namespace Betar.Storage.Tests.Workflows;

/// <summary>Workflows in the database: one row each, saved only over the version that was read.</summary>
public sealed class WorkflowTableTests : IAsyncDisposable
{
    private static readonly DateTimeOffset s_start = DateTimeOffset.FromUnixTimeMilliseconds(1_900_000_000_000);

    private readonly string _folder = Directory.CreateTempSubdirectory("betar-workflow-table-").FullName;
    private readonly BetarDatabase _database;

    public WorkflowTableTests() => _database = BetarDatabase.Open(Path.Combine(_folder, BetarDatabase.FileName));

    private IWorkflowTable Table => _database.Workflows;

    [Fact]
    public async Task A_row_is_found_as_it_was_saved()
    {
        Assert.True(await Table.SaveAsync(Row("w", state: 7), default));

        WorkflowRow found = (await Table.FindAsync("w", default))!;

        Assert.Equal(("w", 1L, s_start, true), (found.Id, found.Version, found.CreatedAt, found.IsOpen));
        Assert.Equal([7], found.State.ToArray());
        Assert.Null(await Table.FindAsync("W", default));
    }

    [Fact]
    public async Task A_save_over_the_version_before_replaces_it()
    {
        await Table.SaveAsync(Row("w"), default);

        Assert.True(await Table.SaveAsync(Row("w", version: 2, open: false, state: 8), default));
        Assert.Equal((2L, false), ((await Table.FindAsync("w", default))!.Version, (await Table.FindAsync("w", default))!.IsOpen));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task A_save_over_any_other_version_changes_nothing(long version)
    {
        await Table.SaveAsync(Row("w"), default);
        await Table.SaveAsync(Row("w", version: 2, state: 2), default);

        Assert.False(await Table.SaveAsync(Row("w", version, state: 9), default));
        Assert.Equal([2], (await Table.FindAsync("w", default))!.State.ToArray());
    }

    [Fact]
    public async Task A_later_version_of_what_is_not_there_is_not_saved()
    {
        Assert.False(await Table.SaveAsync(Row("w", version: 2), default));
        Assert.Null(await Table.FindAsync("w", default));
    }

    [Fact]
    public async Task A_list_has_the_newest_first_and_goes_on_behind_its_last()
    {
        foreach ((string id, int at) in new[] { ("a", 1), ("b", 3), ("c", 2), ("d", 3) })
            await Table.SaveAsync(Row(id, at: at), default);

        Assert.Equal(["d", "b"], (await Table.ListAsync(2, null, default)).Select(row => row.Id));
        Assert.Equal(["c", "a"], (await Table.ListAsync(2, "b", default)).Select(row => row.Id));
        Assert.Empty(await Table.ListAsync(2, "a", default));
        Assert.Empty(await Table.ListAsync(2, "nobody", default));
    }

    [Fact]
    public async Task Open_ones_are_found_and_ended_ones_are_not()
    {
        await Table.SaveAsync(Row("open"), default);
        await Table.SaveAsync(Row("ended", open: false), default);

        Assert.Equal(["open"], await Table.OpenAsync(default));
    }

    [Fact]
    public async Task The_oldest_ended_ones_go_and_open_ones_stay()
    {
        await Table.SaveAsync(Row("open", at: 0), default);
        for (int i = 1; i <= 4; i++)
            await Table.SaveAsync(Row($"e{i}", open: false, at: i), default);

        Assert.Equal(2, await Table.PruneAsync(3, default));
        Assert.Equal(["e4", "e3", "open"], (await Table.ListAsync(10, null, default)).Select(row => row.Id));
        Assert.Equal(0, await Table.PruneAsync(3, default));
        Assert.Equal(2, await Table.PruneAsync(0, default));
        Assert.Equal(["open"], await Table.OpenAsync(default));
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static WorkflowRow Row(string id, long version = 1, bool open = true, int at = 0, byte state = 1) =>
        new(id, version, s_start.AddSeconds(at), open, new[] { state });
}
