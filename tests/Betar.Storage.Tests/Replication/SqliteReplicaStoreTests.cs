using Betar.Libp2p.Identity;
using Betar.Marketplace.Replication;
using Betar.Marketplace.Replication.Store;
using Betar.Marketplace.Replication.Wire;
using Betar.Storage.Market;
using Betar.Storage.Tests.Support;

namespace Betar.Storage.Tests.Replication;

/// <summary>What is committed is there, after closing too; the store in memory behaves in the same way.</summary>
public sealed class SqliteReplicaStoreTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Then = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();
    private MarketDatabase? _database;

    public static TheoryData<bool> Stores => [false, true];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_database is not null)
            await _database.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_fresh_store_is_empty(bool onDisk)
    {
        var state = await Open(onDisk).LoadAsync(default);

        Assert.Equal((Guid.Empty, false, 0L, 0L, 0L), (state.Epoch, state.Rebuilding, state.LastSequence, state.NodeCount, state.NodeBytes));
        Assert.Empty(state.Heads);
        Assert.Empty(state.Elements);
        Assert.Empty(state.EarlyTombstones);
        Assert.Empty(state.Absent);
        Assert.Empty(state.Loose);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_node_comes_back_as_it_was(bool onDisk)
    {
        var store = Open(onDisk);
        using var key = IdentityKey.Generate(KeyType.Ed25519);
        var full = Node(1, sequence: 1) with { Height = ulong.MaxValue - 1, Priority = ulong.MaxValue, Verdict = QuarantineReason.WrongPriority, IsOwn = true, FirstFrom = key.PeerId };
        var loose = Node(2);
        await store.CommitAsync(Commit(full, loose), default);
        store = await AgainAsync(store);

        AssertSame(full, await store.FindAsync(full.Id, default));
        AssertSame(loose, await store.FindAsync(loose.Id, default));
        AssertSame(full with { Data = default }, await store.FindHeaderAsync(full.Id, default));
        Assert.Null(await store.FindAsync(Id(9), default));
        Assert.Null(await store.FindHeaderAsync(Id(9), default));
        var state = await store.LoadAsync(default);
        AssertSame(loose, Assert.Single(state.Loose));
        Assert.Equal((1L, 2L, 20L), (state.LastSequence, state.NodeCount, state.NodeBytes));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_node_that_waited_is_settled(bool onDisk)
    {
        var store = Open(onDisk);
        await store.CommitAsync(Commit(Node(1)), default);
        var commit = new ReplicaCommit();
        commit.Settle(new NodeSettled(Id(1), 1, 5, QuarantineReason.TooManyLinks));
        await store.CommitAsync(commit, default);
        store = await AgainAsync(store);

        var row = (await store.FindAsync(Id(1), default))!;
        Assert.Equal((1L, 5UL, QuarantineReason.TooManyLinks), (row.Sequence, row.Height, row.Verdict));
        Assert.Empty((await store.LoadAsync(default)).Loose);
    }

    [Fact]
    public void A_node_that_comes_and_is_settled_in_one_commit_is_put_settled()
    {
        var commit = Commit(Node(1));
        commit.Settle(new NodeSettled(Id(1), 3, 2, QuarantineReason.None));

        Assert.Empty(commit.Settled);
        Assert.Equal((3L, 2UL), (commit.Nodes[Id(1)].Sequence, commit.Nodes[Id(1)].Height));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Forgotten_nodes_are_gone_and_give_their_bytes_back(bool onDisk)
    {
        var store = Open(onDisk);
        await store.CommitAsync(Commit(Node(1), Node(2)), default);
        var commit = new ReplicaCommit();
        commit.Forgotten.Add(Id(1));
        await store.CommitAsync(commit, default);
        store = await AgainAsync(store);

        Assert.Null(await store.FindAsync(Id(1), default));
        var state = await store.LoadAsync(default);
        Assert.Equal((1L, 10L), (state.NodeCount, state.NodeBytes));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Elements_tombstones_absents_and_heads_come_and_go(bool onDisk)
    {
        var store = Open(onDisk);
        var (one, other) = (new ElementName("/agents/ä", Id(1)), new ElementName("/agents/b", Id(2)));
        var first = new ReplicaCommit { Heads = [Id(2), Id(1)], Epoch = new Guid(7, 8, 9, 1, 2, 3, 4, 5, 6, 7, 8) };
        first.Elements[one] = new ElementRow(one.Key, one.Node, ulong.MaxValue, QuarantineReason.None);
        first.Elements[other] = new ElementRow(other.Key, other.Node, 2, QuarantineReason.GaveWay);
        first.EarlyTombstones[one] = true;
        first.EarlyTombstones[other] = true;
        first.Absent[Id(3)] = true;
        first.Absent[Id(4)] = true;
        await store.CommitAsync(first, default);
        store = await AgainAsync(store);
        var state = await store.LoadAsync(default);
        Assert.Equal(first.Epoch, state.Epoch);
        Assert.Equivalent(new[] { Id(1), Id(2) }, state.Heads);
        Assert.Equal(first.Elements.Values.Select(row => row!.Value).OrderBy(row => row.Height), state.Elements.OrderBy(row => row.Height));
        Assert.Equal(2, state.EarlyTombstones.Count);
        Assert.Equal(2, state.Absent.Count);

        var second = new ReplicaCommit { Heads = [] };
        second.Elements[one] = null;
        second.Elements[other] = new ElementRow(other.Key, other.Node, 3, QuarantineReason.None);
        second.EarlyTombstones[one] = false;
        second.Absent[Id(3)] = false;
        await store.CommitAsync(second, default);
        store = await AgainAsync(store);

        state = await store.LoadAsync(default);
        Assert.Equal(second.Elements[other], Assert.Single(state.Elements));
        Assert.Equal(other, Assert.Single(state.EarlyTombstones));
        Assert.Equal(Id(4), Assert.Single(state.Absent));
        Assert.Empty(state.Heads);
        Assert.Equal(first.Epoch, state.Epoch);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_restart_leaves_the_nodes_and_what_is_absent(bool onDisk)
    {
        var store = Open(onDisk);
        var commit = Commit(Node(1, 1) with { Height = 1, Verdict = QuarantineReason.Unreadable }, Node(2, 2));
        commit.Heads = [Id(2)];
        commit.Elements[new("/agents/a", Id(1))] = new ElementRow("/agents/a", Id(1), 1, QuarantineReason.None);
        commit.EarlyTombstones[new("/agents/a", Id(3))] = true;
        commit.Absent[Id(4)] = true;
        await store.CommitAsync(commit, default);

        await store.CommitAsync(new ReplicaCommit { Restart = true, Rebuilding = true }, default);
        store = await AgainAsync(store);

        var state = await store.LoadAsync(default);
        Assert.Equal((true, 0L, 2L, 20L, 2), (state.Rebuilding, state.LastSequence, state.NodeCount, state.NodeBytes, state.Loose.Count));
        Assert.All(state.Loose, row => Assert.Equal((0L, 0UL, QuarantineReason.None), (row.Sequence, row.Height, row.Verdict)));
        Assert.Empty(state.Elements);
        Assert.Empty(state.EarlyTombstones);
        Assert.Empty(state.Heads);
        Assert.Equal(Id(4), Assert.Single(state.Absent));
        await store.CommitAsync(new ReplicaCommit { Rebuilding = false }, default);
        Assert.False((await store.LoadAsync(default)).Rebuilding);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Pages_are_in_order_and_no_longer_than_asked_but_never_empty(bool onDisk)
    {
        var store = Open(onDisk);
        await store.CommitAsync(Commit([.. Enumerable.Range(1, 9).Select(i => Node((byte)i, 10 - i)), Node(99)]), default);

        Assert.Equal([1L, 2, 3], (await store.ReadAsync(0, 35, default)).Select(row => row.Sequence));
        Assert.Equal([4L], (await store.ReadAsync(3, 1, default)).Select(row => row.Sequence));
        Assert.Equal([8L, 9], (await store.ReadAsync(7, 1000, default)).Select(row => row.Sequence));
        Assert.Empty(await store.ReadAsync(9, 1000, default));
    }

    [Fact]
    public async Task A_commit_that_fails_leaves_nothing_behind()
    {
        var store = Open(onDisk: true);
        await store.CommitAsync(Commit(Node(1, 1)), default);
        var bad = Commit(Node(2, 2), Node(3, 1));
        bad.Heads = [Id(2)];

        await Assert.ThrowsAsync<StorageException>(async () => await store.CommitAsync(bad, default));

        var state = await store.LoadAsync(default);
        Assert.Equal((1L, 1L), (state.NodeCount, state.LastSequence));
        Assert.Empty(state.Heads);
        await store.CommitAsync(Commit(Node(2, 2)), default);
    }

    private IReplicaStore Open(bool onDisk) => onDisk ? (_database = MarketDatabase.Open(_folder.File(MarketDatabase.FileName))).Replica : new MemoryReplicaStore();

    private async Task<IReplicaStore> AgainAsync(IReplicaStore store)
    {
        if (_database is null)
            return store;
        await _database.DisposeAsync();
        return Open(onDisk: true);
    }

    private static NodeId Id(int number) => NodeId.Of([(byte)number]);

    private static NodeRow Node(int number, long sequence = 0) => new(
        Id(number), Enumerable.Repeat((byte)number, 10).ToArray(), sequence, sequence == 0 ? 0UL : 1, 1, QuarantineReason.None, false, null, Then.AddMilliseconds(number));

    private static ReplicaCommit Commit(params NodeRow[] rows)
    {
        var commit = new ReplicaCommit();
        foreach (var row in rows)
            commit.Nodes.Add(row.Id, row);
        return commit;
    }

    private static void AssertSame(NodeRow expected, NodeRow? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected with { Data = default }, actual with { Data = default });
        Assert.Equal(expected.Data.ToArray(), actual.Data.ToArray());
    }
}
