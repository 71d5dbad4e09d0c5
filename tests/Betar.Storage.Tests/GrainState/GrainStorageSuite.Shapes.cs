using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Betar.Storage.Tests.GrainState;

/// <content>States of many shapes, under keys of many spellings.</content>
public abstract partial class GrainStorageSuite
{
    [Fact]
    public async Task A_record_comes_back_equal() => Assert.Equal(new SealedOrder("tea", 3), await ThereAndBackAsync(new SealedOrder("tea", 3)));

    [Fact]
    public async Task A_struct_comes_back_equal() => Assert.Equal(new Balance(-5), await ThereAndBackAsync(new Balance(-5)));

    [Theory]
    [InlineData("")]
    [InlineData("text with \0 and \U0001F4B0")]
    public async Task A_text_can_be_a_state(string text) => Assert.Equal(text, await ThereAndBackAsync(text));

    [Fact]
    public async Task A_number_a_list_and_a_map_can_be_states()
    {
        Assert.Equal(long.MinValue, await ThereAndBackAsync(long.MinValue));
        Assert.Equal([3, 1, 2], await ThereAndBackAsync(new List<int> { 3, 1, 2 }));
        var map = await ThereAndBackAsync(new Dictionary<string, Balance> { ["a"] = new(1), ["b"] = new(2) });
        Assert.Equal(new Balance(2), map["b"]);
        Assert.Empty(await ThereAndBackAsync(new List<string>()));
    }

    [Fact]
    public async Task What_is_shared_within_a_state_stays_shared()
    {
        var knot = new Knot { Left = ["x"] };
        (knot.Self, knot.Right) = (knot, knot.Left);
        var read = await ThereAndBackAsync(knot);
        Assert.Same(read, read.Self);
        Assert.Same(read.Left, read.Right);
        Assert.NotSame(knot, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("o'brien; DROP TABLE grain_state")]
    [InlineData("ünïcödé \U0001F4B0")]
    [InlineData("%_*?")]
    [InlineData("ALICE")]
    public async Task Keys_and_names_may_be_spelled_in_any_way(string odd)
    {
        var grain = GrainId.Create("account", "x" + odd);
        await Storage.WriteStateAsync("main", Alice, New("alice", 1));
        await Storage.WriteStateAsync("main", grain, New("odd key", 2));
        await Storage.WriteStateAsync("n" + odd, Alice, New("odd name", 3));
        Assert.Equal("odd key", (await ReadAsync("main", grain)).State.Owner);
        Assert.Equal("odd name", (await ReadAsync("n" + odd, Alice)).State.Owner);
        Assert.Equal("alice", (await ReadAsync()).State.Owner);
    }

    [Fact]
    public async Task Keys_that_differ_in_case_only_are_two_grains()
    {
        await Storage.WriteStateAsync("main", GrainId.Create("account", "bob"), New("small", 1));
        await Storage.WriteStateAsync("main", GrainId.Create("account", "BOB"), New("capital", 2));
        Assert.Equal("small", (await ReadAsync("main", GrainId.Create("account", "bob"))).State.Owner);
        Assert.Equal("capital", (await ReadAsync("main", GrainId.Create("account", "BOB"))).State.Owner);
    }

    [Fact]
    public async Task Many_grains_written_at_once_each_keep_their_own()
    {
        await Task.WhenAll(Enumerable.Range(0, 200).Select(number => Storage.WriteStateAsync("main", Numbered(number), New($"owner {number}", number))));
        for (var number = 0; number < 200; number++)
        {
            var read = await ReadAsync("main", Numbered(number));
            Assert.Equal(($"owner {number}", (long)number), (read.State.Owner, read.State.Balance));
        }

        static GrainId Numbered(int number) => GrainId.Create("account", $"number{number}");
    }

    [Fact]
    public async Task A_write_that_is_refused_leaves_the_writers_state_as_it_was()
    {
        await Storage.WriteStateAsync("main", Alice, New("alice", 1));
        var late = New("late", 2);
        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.WriteStateAsync("main", Alice, late));
        Assert.Null(late.ETag);
        Assert.Equal(("late", 2L), (late.State.Owner, late.State.Balance));
        Assert.False(late.RecordExists);
    }

    [Fact]
    public async Task After_a_refusal_reading_again_is_the_way_on()
    {
        var first = New("alice", 1);
        await Storage.WriteStateAsync("main", Alice, first);
        var second = await ReadAsync();
        await Storage.WriteStateAsync("main", Alice, first);
        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.WriteStateAsync("main", Alice, second));
        await Storage.ReadStateAsync("main", Alice, second);
        second.State.Balance = 50;
        await Storage.WriteStateAsync("main", Alice, second);
        Assert.Equal(50, (await ReadAsync()).State.Balance);
    }

    [Fact]
    public async Task Clearing_twice_is_no_error()
    {
        var state = New("alice", 1);
        await Storage.WriteStateAsync("main", Alice, state);
        await Storage.ClearStateAsync("main", Alice, state);
        await Storage.ClearStateAsync("main", Alice, state);
        Assert.False((await ReadAsync()).RecordExists);
    }

    [Fact]
    public async Task Clearing_one_state_leaves_the_others_of_the_grain()
    {
        var main = New("alice", 1);
        await Storage.WriteStateAsync("main", Alice, main);
        await Storage.WriteStateAsync("side", Alice, New("side", 2));
        await Storage.ClearStateAsync("main", Alice, main);
        Assert.Equal("side", (await ReadAsync("side", Alice)).State.Owner);
    }

    [Fact]
    public async Task Clearing_a_record_that_one_has_never_read_is_refused()
    {
        await Storage.WriteStateAsync("main", Alice, New("alice", 1));
        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.ClearStateAsync("main", Alice, New("stranger", 0)));
        Assert.True((await ReadAsync()).RecordExists);
    }

    private async Task<T> ThereAndBackAsync<T>(T value)
    {
        var grain = GrainId.Create("shape", $"{typeof(T)}");
        await Storage.WriteStateAsync("main", grain, new GrainState<T>(value));
        var read = new GrainState<T>();
        await Storage.ReadStateAsync("main", grain, read);
        Assert.True(read.RecordExists);
        return read.State;
    }

    private async Task<GrainState<AccountState>> ReadAsync(string name, GrainId grain)
    {
        var state = new GrainState<AccountState>();
        await Storage.ReadStateAsync(name, grain, state);
        return state;
    }
}
