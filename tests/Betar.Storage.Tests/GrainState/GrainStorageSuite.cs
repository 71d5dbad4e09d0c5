using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Betar.Storage.Tests.GrainState;

/// <summary>What every grain storage must do, as Orleans' providers do it.</summary>
public abstract partial class GrainStorageSuite : IAsyncLifetime
{
    private static readonly GrainId Alice = GrainId.Create("account", "alice");

    protected abstract IGrainStorage Storage { get; }

    protected abstract IGrainStorage OtherStorage { get; }

    public abstract Task InitializeAsync();

    public abstract Task DisposeAsync();

    [Fact]
    public async Task A_state_that_was_never_written_is_new_and_has_no_etag()
    {
        var state = new GrainState<AccountState>(new AccountState { Balance = 9 }, "old") { RecordExists = true };
        await Storage.ReadStateAsync("main", Alice, state);
        Assert.Null(state.ETag);
        Assert.False(state.RecordExists);
    }

    [Fact]
    public async Task What_was_written_is_read()
    {
        var state = New("alice", 5);
        state.State.Notes.Add("a note");
        await Storage.WriteStateAsync("main", Alice, state);
        Assert.True(state.RecordExists);
        Assert.False(string.IsNullOrEmpty(state.ETag));

        var read = await ReadAsync();
        Assert.Equal(("alice", 5L, "a note"), (read.State.Owner, read.State.Balance, Assert.Single(read.State.Notes)));
        Assert.Equal(state.ETag, read.ETag);
        Assert.True(read.RecordExists);
    }

    [Fact]
    public async Task The_store_shares_no_object_with_the_grain()
    {
        var state = New("alice", 5);
        await Storage.WriteStateAsync("main", Alice, state);
        state.State.Balance = 6;
        Assert.Equal(5, (await ReadAsync()).State.Balance);
    }

    [Fact]
    public async Task Each_write_changes_the_etag()
    {
        var state = New("alice", 5);
        var tags = new HashSet<string?>();
        for (var i = 0; i < 5; i++)
        {
            await Storage.WriteStateAsync("main", Alice, state);
            Assert.True(tags.Add(state.ETag));
        }
    }

    [Fact]
    public async Task A_stale_etag_is_refused_and_changes_nothing()
    {
        var first = New("alice", 1);
        await Storage.WriteStateAsync("main", Alice, first);
        var second = await ReadAsync();
        second.State.Balance = 2;
        await Storage.WriteStateAsync("main", Alice, second);

        first.State.Balance = 99;
        var stale = first.ETag;
        var refused = await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.WriteStateAsync("main", Alice, first));
        Assert.Equal(stale, first.ETag);
        Assert.Equal(2, (await ReadAsync()).State.Balance);
        Assert.Equal((second.ETag, stale), (refused.StoredEtag, refused.CurrentEtag));
    }

    [Fact]
    public async Task A_second_first_write_is_refused()
    {
        await Storage.WriteStateAsync("main", Alice, New("alice", 1));
        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.WriteStateAsync("main", Alice, New("alice", 2)));
        Assert.Equal(1, (await ReadAsync()).State.Balance);
    }

    [Fact]
    public async Task An_etag_of_nowhere_is_refused()
    {
        var state = New("alice", 1);
        state.ETag = "17";
        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.WriteStateAsync("main", Alice, state));
        Assert.False((await ReadAsync()).RecordExists);
    }

    [Fact]
    public async Task A_cleared_state_is_new_again_and_can_be_written()
    {
        var state = New("alice", 1);
        await Storage.WriteStateAsync("main", Alice, state);
        await Storage.ClearStateAsync("main", Alice, state);
        Assert.False(state.RecordExists);
        Assert.False((await ReadAsync()).RecordExists);

        state.State = new AccountState { Balance = 7 };
        await Storage.WriteStateAsync("main", Alice, state);
        Assert.Equal(7, (await ReadAsync()).State.Balance);
    }

    [Fact]
    public async Task After_a_clear_the_next_activation_can_write()
    {
        var state = New("alice", 1);
        await Storage.WriteStateAsync("main", Alice, state);
        await Storage.ClearStateAsync("main", Alice, state);
        var next = await ReadAsync();
        next.State = new AccountState { Balance = 8 };
        await Storage.WriteStateAsync("main", Alice, next);
        Assert.Equal(8, (await ReadAsync()).State.Balance);
    }

    [Fact]
    public async Task Clearing_with_a_stale_etag_is_refused()
    {
        var first = New("alice", 1);
        await Storage.WriteStateAsync("main", Alice, first);
        await Storage.WriteStateAsync("main", Alice, await ReadAsync());
        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.ClearStateAsync("main", Alice, first));
        Assert.True((await ReadAsync()).RecordExists);
    }

    [Fact]
    public async Task Clearing_what_was_never_written_is_no_error()
    {
        var state = await ReadAsync();
        await Storage.ClearStateAsync("main", Alice, state);
        Assert.False(state.RecordExists);
        state.State = new AccountState();
        await Storage.WriteStateAsync("main", Alice, state);
        Assert.True((await ReadAsync()).RecordExists);
    }

    [Fact]
    public async Task States_are_apart_by_grain_by_name_and_by_provider()
    {
        await Storage.WriteStateAsync("main", Alice, New("alice", 1));
        await Storage.WriteStateAsync("side", Alice, New("alice", 2));
        await Storage.WriteStateAsync("main", GrainId.Create("account", "bob"), New("bob", 3));
        await Storage.WriteStateAsync("main", GrainId.Create("other", "alice"), New("other", 4));
        await OtherStorage.WriteStateAsync("main", Alice, New("alice", 5));
        Assert.Equal(1, (await ReadAsync()).State.Balance);
        var other = new GrainState<AccountState>();
        await OtherStorage.ReadStateAsync("main", Alice, other);
        Assert.Equal(5, other.State.Balance);
    }

    [Fact]
    public async Task Of_many_writers_with_one_etag_exactly_one_wins()
    {
        var state = New("alice", 0);
        await Storage.WriteStateAsync("main", Alice, state);
        var outcomes = await Task.WhenAll(Enumerable.Range(1, 32).Select(writer => Task.Run(async () =>
        {
            try
            {
                await Storage.WriteStateAsync("main", Alice, new GrainState<AccountState>(new AccountState { Balance = writer }, state.ETag));
                return writer;
            }
            catch (InconsistentStateException)
            {
                return 0;
            }
        })));
        Assert.Equal(Assert.Single(outcomes, outcome => outcome != 0), (await ReadAsync()).State.Balance);
    }

    [Fact]
    public async Task A_large_state_comes_back()
    {
        var state = New(new string('x', 1_000_000), 1);
        await Storage.WriteStateAsync("main", Alice, state);
        Assert.Equal(1_000_000, (await ReadAsync()).State.Owner.Length);
    }

    private static GrainState<AccountState> New(string owner, long balance) => new(new AccountState { Owner = owner, Balance = balance });

    private async Task<GrainState<AccountState>> ReadAsync()
    {
        var state = new GrainState<AccountState>();
        await Storage.ReadStateAsync("main", Alice, state);
        return state;
    }
}
