using Orleans;
using Orleans.Runtime;
using Orleans.Serialization;
using Orleans.Storage;

namespace Betar.Orleans.Embedded.Tests.Storage;

public sealed class MemoryGrainStorageTests
{
    private static readonly GrainId Grain = GrainId.Create("probe", "a");
    private readonly InProcessCluster _cluster = new();
    private readonly Serializer _serializer = Serialization.SerializerHost.Serializer;

    private MemoryGrainStorage Store => New("store");

    [Fact]
    public async Task What_was_never_written_has_neither_record_nor_etag()
    {
        var state = await Read<string>(Store);
        Assert.Equal((null, null, false), (state.State, state.ETag, state.RecordExists));
    }

    [Fact]
    public async Task What_is_written_is_read_back_with_its_etag()
    {
        var written = await Write(Store, "hello");
        var read = await Read<string>(Store);
        Assert.Equal(("hello", written.ETag, true), (read.State, read.ETag, read.RecordExists));
    }

    [Fact]
    public async Task Each_write_changes_the_etag()
    {
        var state = await Write(Store, "one");
        var first = state.ETag;
        state.State = "two";
        await Store.WriteStateAsync("s", Grain, state);
        Assert.NotEqual(first, state.ETag);
        Assert.Equal("two", (await Read<string>(Store)).State);
    }

    [Fact]
    public async Task A_write_with_a_stale_etag_is_refused_and_changes_nothing()
    {
        var mine = await Write(Store, "mine");
        var others = await Read<string>(Store);
        others.State = "others";
        await Store.WriteStateAsync("s", Grain, others);
        mine.State = "mine again";
        var refusal = await Assert.ThrowsAsync<InconsistentStateException>(() => Store.WriteStateAsync("s", Grain, mine));
        Assert.Equal((others.ETag, mine.ETag), (refusal.StoredEtag, refusal.CurrentEtag));
        Assert.Equal("others", (await Read<string>(Store)).State);
    }

    [Fact]
    public async Task Who_believes_that_there_is_no_record_cannot_overwrite_one()
    {
        await Write(Store, "first");
        await Assert.ThrowsAsync<InconsistentStateException>(() => Write(Store, "second"));
    }

    [Fact]
    public async Task Who_believes_in_a_record_that_is_gone_cannot_write()
    {
        var state = await Write(Store, "first");
        await Store.ClearStateAsync("s", Grain, await Read<string>(Store));
        await Assert.ThrowsAsync<InconsistentStateException>(() => Store.WriteStateAsync("s", Grain, state));
    }

    [Fact]
    public async Task A_cleared_record_is_gone_and_may_be_written_anew()
    {
        var state = await Write(Store, "first");
        await Store.ClearStateAsync("s", Grain, state);
        Assert.Equal((null, null, false), (state.State, state.ETag, state.RecordExists));
        Assert.False((await Read<string>(Store)).RecordExists);
        Assert.True((await Write(Store, "second")).RecordExists);
    }

    [Fact]
    public async Task Clearing_with_a_stale_etag_is_refused()
    {
        var mine = await Write(Store, "mine");
        await Store.WriteStateAsync("s", Grain, await Read<string>(Store));
        await Assert.ThrowsAsync<InconsistentStateException>(() => Store.ClearStateAsync("s", Grain, mine));
        Assert.True((await Read<string>(Store)).RecordExists);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_is_overtaken_between_looking_and_changing_is_refused(bool clears)
    {
        var store = Store;
        var before = await Write(store, "before");
        var overtaken = new OvertakenState(before.ETag, () =>
            store.WriteStateAsync("s", Grain, new GrainState<string>("overtaking", before.ETag)));
        await Assert.ThrowsAsync<InconsistentStateException>(() =>
            clears ? store.ClearStateAsync("s", Grain, overtaken) : store.WriteStateAsync("s", Grain, overtaken));
        Assert.Equal("overtaking", (await Read<string>(store)).State);
        Assert.Equal(("mine", before.ETag, true), (overtaken.State, overtaken.ETag, overtaken.RecordExists));
    }

    [Fact]
    public async Task Clearing_what_is_not_there_is_no_error()
    {
        var state = new GrainState<string>("x");
        await Store.ClearStateAsync("s", Grain, state);
        Assert.False(state.RecordExists);
    }

    [Fact]
    public async Task Of_many_that_write_the_first_record_at_once_one_succeeds()
    {
        var store = Store;
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(async () =>
        {
            try
            {
                await Write(store, $"{i}");
                return true;
            }
            catch (InconsistentStateException)
            {
                return false;
            }
        })));
        Assert.Single(outcomes, static outcome => outcome);
    }

    [Fact]
    public async Task States_grains_and_storages_are_kept_apart()
    {
        await Write(Store, "here");
        Assert.False((await Read<string>(Store, state: "t")).RecordExists);
        Assert.False((await Read<string>(Store, grain: GrainId.Create("probe", "b"))).RecordExists);
        Assert.False((await Read<string>(New("other"))).RecordExists);
    }

    [Fact]
    public async Task Two_silos_of_a_cluster_share_a_storage_and_two_clusters_do_not()
    {
        await Write(Store, "here");
        Assert.True((await Read<string>(New("store"))).RecordExists);
        Assert.False((await Read<string>(new MemoryGrainStorage("store", new InProcessCluster(), _serializer))).RecordExists);
    }

    [Fact]
    public async Task Whoever_changes_the_object_that_he_wrote_does_not_change_the_record()
    {
        var state = await Write(Store, new List<int> { 1 });
        state.State.Add(2);
        Assert.Equal([1], (await Read<List<int>>(Store)).State);
    }

    [Fact]
    public async Task A_class_without_a_codec_is_kept_as_well()
    {
        await Write(Store, new Plain { Number = 7, Inner = new Plain { Number = 8 } });
        var read = (await Read<Plain>(Store)).State;
        Assert.Equal((7, 8), (read.Number, read.Inner!.Number));
    }

    [Fact]
    public async Task A_refusal_names_state_grain_and_storage()
    {
        await Write(Store, "first");
        var refusal = await Assert.ThrowsAsync<InconsistentStateException>(() => Write(Store, "second"));
        Assert.Equal("The state \"s\" of probe/a in the storage \"store\" is not the one that was read.", refusal.Message);
    }

    private static async Task<GrainState<T>> Write<T>(IGrainStorage store, T value)
    {
        var state = new GrainState<T>(value);
        await store.WriteStateAsync("s", Grain, state);
        return state;
    }

    private static async Task<GrainState<T>> Read<T>(IGrainStorage store, string state = "s", GrainId? grain = null)
    {
        var read = new GrainState<T>();
        await store.ReadStateAsync(state, grain ?? Grain, read);
        return read;
    }

    private MemoryGrainStorage New(string name) => new(name, _cluster, _serializer);

    /// <summary>Lets another one write at the moment at which the storage compares the ETags.</summary>
    private sealed class OvertakenState(string? etag, Func<Task> overtake) : IGrainState<string>
    {
        private Func<Task>? _overtake = overtake;
        private string? _etag = etag;

        public string State { get; set; } = "mine";

        public bool RecordExists { get; set; } = true;

        public string? ETag
        {
            get
            {
                var now = Interlocked.Exchange(ref _overtake, null);
                if (now is not null)
                    Assert.True(now().IsCompletedSuccessfully);
                return _etag;
            }
            set => _etag = value;
        }
    }

    private sealed class Plain
    {
        public int Number { get; set; }

        public Plain? Inner { get; set; }
    }
}
