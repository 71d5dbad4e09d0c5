using Betar.Storage.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Serialization;
using Orleans.Storage;

namespace Betar.Storage.Tests.GrainState;

public sealed class SqliteGrainStorageTests : GrainStorageSuite
{
    private static readonly GrainId Carol = GrainId.Create("account", "carol");
    private readonly TempFolder folder = new();
    private BetarDatabase database = null!;
    private ServiceProvider services = null!;

    protected override IGrainStorage Storage => services.GetRequiredKeyedService<IGrainStorage>("one");

    protected override IGrainStorage OtherStorage => services.GetRequiredKeyedService<IGrainStorage>("two");

    public override Task InitializeAsync()
    {
        Open();
        return Task.CompletedTask;
    }

    public override async Task DisposeAsync()
    {
        await CloseAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task State_and_etag_survive_a_restart()
    {
        var state = new GrainState<AccountState>(new AccountState { Balance = 4 });
        await Storage.WriteStateAsync("main", Carol, state);
        await CloseAsync();
        Open();
        var read = new GrainState<AccountState>();
        await Storage.ReadStateAsync("main", Carol, read);
        Assert.Equal((4L, state.ETag), (read.State.Balance, read.ETag));
        await Storage.WriteStateAsync("main", Carol, read);
    }

    [Fact]
    public async Task An_activation_from_before_a_clear_cannot_write_over_one_from_after_it()
    {
        var old = new GrainState<AccountState>(new AccountState { Balance = 1 });
        await Storage.WriteStateAsync("main", Carol, old);
        var current = new GrainState<AccountState>();
        await Storage.ReadStateAsync("main", Carol, current);
        await Storage.ClearStateAsync("main", Carol, current);
        Assert.NotEqual(old.ETag, current.ETag);
        current.State.Balance = 2;
        await Storage.WriteStateAsync("main", Carol, current);

        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.WriteStateAsync("main", Carol, old));
    }

    [Fact]
    public async Task A_state_that_is_not_there_or_cleared_is_a_new_one()
    {
        var state = new GrainState<AccountState>(new AccountState { Balance = 9 });
        await Storage.ReadStateAsync("main", Carol, state);
        Assert.Equal(("nobody", 0L), (state.State.Owner, state.State.Balance));
        state.State.Balance = 9;
        await Storage.WriteStateAsync("main", Carol, state);
        await Storage.ClearStateAsync("main", Carol, state);
        Assert.Equal(("nobody", 0L), (state.State.Owner, state.State.Balance));

        var number = new GrainState<int>(5);
        await Storage.ReadStateAsync("number", Carol, number);
        Assert.Equal(0, number.State);
        var text = new GrainState<string>("x");
        await Storage.ReadStateAsync("text", Carol, text);
        Assert.Null(text.State);
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("-1")]
    [InlineData("0")]
    [InlineData("")]
    [InlineData("1.0")]
    public async Task An_etag_that_is_no_version_is_stale(string etag)
    {
        await Storage.WriteStateAsync("main", Carol, new GrainState<AccountState>(new AccountState()));
        await Assert.ThrowsAsync<InconsistentStateException>(() =>
            Storage.WriteStateAsync("main", Carol, new GrainState<AccountState>(new AccountState(), etag)));
    }

    [Fact]
    public async Task Writing_to_a_closed_database_is_a_typed_failure()
    {
        var storage = Storage;
        await database.DisposeAsync();
        var failure = await Assert.ThrowsAsync<StorageException>(() =>
            storage.WriteStateAsync("main", Carol, new GrainState<AccountState>(new AccountState())));
        Assert.Equal(StorageFailure.Stopped, failure.Failure);
    }

    [Fact]
    public async Task Bytes_that_cannot_be_read_are_an_error_of_that_state_alone()
    {
        await Storage.WriteStateAsync("main", Carol, new GrainState<AccountState>(new AccountState { Balance = 1 }));
        await Storage.WriteStateAsync("side", Carol, new GrainState<AccountState>(new AccountState { Balance = 2 }));
        RawFile.Execute(folder.Database, "UPDATE grain_state SET data=x'ffffffff' WHERE name='main'");
        await Assert.ThrowsAnyAsync<SerializerException>(() => Storage.ReadStateAsync("main", Carol, new GrainState<AccountState>()));
        var side = new GrainState<AccountState>();
        await Storage.ReadStateAsync("side", Carol, side);
        Assert.Equal(2, side.State.Balance);
    }

    [Fact]
    public async Task A_version_counts_up_by_one_and_goes_on_over_a_clear()
    {
        var state = new GrainState<AccountState>(new AccountState());
        foreach (var expected in new[] { "1", "2", "3" })
        {
            await Storage.WriteStateAsync("main", Carol, state);
            Assert.Equal(expected, state.ETag);
        }

        await Storage.ClearStateAsync("main", Carol, state);
        Assert.Equal("4", state.ETag);
        await Storage.WriteStateAsync("main", Carol, state);
        Assert.Equal("5", state.ETag);
        Assert.Equal(1, RawFile.Number(folder.Database, "SELECT count(*) FROM grain_state"));
    }

    [Fact]
    public async Task A_cleared_state_keeps_its_row_and_none_of_its_bytes()
    {
        var state = new GrainState<AccountState>(new AccountState { Owner = "carol" });
        await Storage.WriteStateAsync("main", Carol, state);
        await Storage.ClearStateAsync("main", Carol, state);
        Assert.Equal(1, RawFile.Number(folder.Database, "SELECT count(*) FROM grain_state WHERE data IS NULL"));
    }

    [Fact]
    public async Task Clearing_what_was_never_written_makes_no_row()
    {
        await Storage.ClearStateAsync("main", Carol, new GrainState<AccountState>(new AccountState()));
        Assert.Equal(0, RawFile.Number(folder.Database, "SELECT count(*) FROM grain_state"));
    }

    [Fact]
    public async Task A_refusal_names_the_state_and_both_versions()
    {
        await Storage.WriteStateAsync("main", Carol, new GrainState<AccountState>(new AccountState()));
        var refused = await Assert.ThrowsAsync<InconsistentStateException>(() =>
            Storage.WriteStateAsync("main", Carol, new GrainState<AccountState>(new AccountState(), "7")));
        Assert.Equal("State main of account/carol in one has version 1, not 7: another activation wrote it.", refused.Message);
    }

    private void Open()
    {
        database = BetarDatabase.Open(folder.Database);
        services = new ServiceCollection().AddSerializer().AddBetarStorage("one", database).AddBetarStorage("two", database)
            .BuildServiceProvider();
    }

    private async Task CloseAsync()
    {
        await services.DisposeAsync();
        await database.DisposeAsync();
    }
}
