using Betar.Libp2p;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Peers;
using Betar.Libp2p.Protocols.Identify;
using Betar.Node.Peering;
using Betar.Node.Tests.Support;
using Betar.Storage;
using Betar.Storage.Peers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Betar.Node.Tests.Peering;

public sealed class DatabasePeerStoreTests
{
    private static readonly DateTimeOffset s_start = new(2026, 8, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly PeerStoreOptions _options = new();
    private readonly TestTable _table = new();

    [Fact]
    public async Task A_node_that_was_started_again_still_knows_where_a_peer_is()
    {
        using var folder = new TempFolder();
        string file = Path.Combine(folder.Path, BetarDatabase.FileName);
        await using Libp2pHost seller = Libp2pHost.CreateBuilder().Listen("/ip4/127.0.0.1/tcp/0").Build();
        await seller.StartAsync();
        await using (BetarDatabase database = BetarDatabase.Open(file))
        {
            await using Libp2pHost buyer = await StartAsync(database);
            await buyer.ConnectAsync(seller.Addresses[0]);
            IdentifiedPeer identified = await buyer.IdentifyAsync(seller.PeerId);
            Assert.True(identified.HasSignedRecord);
        }

        await using BetarDatabase again = BetarDatabase.Open(file);
        await using Libp2pHost restarted = await StartAsync(again);

        Assert.Equal(seller.PeerId, (await restarted.ConnectAsync(seller.PeerId, [])).Peer);
        Assert.Equal(1, await again.Peers.CountAsync(default));
    }

    [Fact]
    public async Task A_stranger_is_not_found() => Assert.Null(await Store().FindAsync(Peer(), default));

    [Fact]
    public async Task What_was_saved_a_moment_ago_comes_whole_and_without_the_disk()
    {
        DatabasePeerStore store = Store();
        PeerInfo info = Info() with { Protocols = ["/x"] };
        await store.SaveAsync(info, default);
        _table.Fault = true;

        Assert.Same(info, await store.FindAsync(info.Peer, default));
    }

    [Fact]
    public async Task Who_cannot_be_reached_is_not_written()
    {
        await Store().SaveAsync(PeerInfo.Unknown(Peer()), default);
        Assert.Empty(_table.Rows);
    }

    [Fact]
    public async Task The_same_again_is_written_when_a_part_of_its_life_has_passed()
    {
        DatabasePeerStore store = Store();
        PeerInfo info = Info();
        await store.SaveAsync(info, default);
        await store.SaveAsync(info with { SeenAt = s_start + (_options.AddressLife / 24) - TimeSpan.FromTicks(1) }, default);
        Assert.Single(_table.Rows);

        await store.SaveAsync(info with { SeenAt = s_start + (_options.AddressLife / 24) }, default);

        Assert.Equal(2, _table.Rows.Count);
        Assert.Equal((_options.Capacity, s_start + (_options.AddressLife / 24) - _options.AddressLife), _table.Bounds);
    }

    [Fact]
    public async Task Another_address_is_written_at_once()
    {
        DatabasePeerStore store = Store();
        PeerInfo info = Info();
        await store.SaveAsync(info, default);
        await store.SaveAsync(info with { OtherAddresses = [Multiaddr.Parse("/ip4/8.8.4.4/tcp/1")] }, default);
        Assert.Equal(2, _table.Rows.Count);
    }

    [Theory]
    [InlineData(PeerStanding.Heard)]
    [InlineData(PeerStanding.Met)]
    [InlineData(PeerStanding.Reached)]
    [InlineData(PeerStanding.Protected)]
    public async Task What_a_peer_is_to_us_is_written_and_read(PeerStanding standing)
    {
        PeerInfo info = Info() with { Standing = standing };
        await Store().SaveAsync(info, default);

        Assert.Equal(standing, (await Store().FindAsync(info.Peer, default))!.Standing);
    }

    [Theory]
    [InlineData(-1, PeerStanding.Heard)]
    [InlineData(99, PeerStanding.Protected)]
    public async Task A_worth_that_nobody_has_is_the_nearest_that_there_is(int worth, PeerStanding standing)
    {
        PeerInfo info = Info();
        _table.Rows.Add(PeerRows.Encode(info) with { Worth = worth });
        Assert.Equal(standing, (await Store().FindAsync(info.Peer, default))!.Standing);
    }

    [Fact]
    public async Task A_peer_that_rose_is_written_at_once()
    {
        DatabasePeerStore store = Store();
        PeerInfo info = Info();
        await store.SaveAsync(info, default);
        await store.SaveAsync(info with { Standing = PeerStanding.Reached }, default);
        Assert.Equal(2, _table.Rows.Count);
    }

    [Fact]
    public async Task A_disk_that_fails_costs_the_memory_and_nothing_else()
    {
        DatabasePeerStore store = Store();
        PeerInfo info = Info();
        _table.Fault = true;
        Assert.Null(await store.FindAsync(info.Peer, default));
        await store.SaveAsync(info, default);
        Assert.Same(info, await store.FindAsync(info.Peer, default));

        _table.Fault = false;
        await store.SaveAsync(info, default);

        Assert.Single(_table.Rows);
    }

    [Fact]
    public async Task A_row_that_cannot_be_read_is_a_stranger()
    {
        PeerInfo info = Info();
        _table.Rows.Add(new PeerTableRow(info.Peer.Bytes.ToArray(), s_start, new byte[] { 255 }));
        Assert.Null(await Store().FindAsync(info.Peer, default));
    }

    [Fact]
    public async Task With_many_writes_under_way_whoever_saves_waits()
    {
        DatabasePeerStore store = Store();
        _table.Slow = new TaskCompletionSource();
        for (int i = 0; i < DatabasePeerStore.MaxPending; i++)
            Assert.True(store.SaveAsync(Info(), default).AsTask().IsCompletedSuccessfully);

        Task waiting = store.SaveAsync(Info(), default).AsTask();

        Assert.False(waiting.IsCompleted);
        _table.Slow.SetResult();
        await waiting;
    }

    private static PeerId Peer()
    {
        using IdentityKey key = IdentityKey.Generate();
        return key.PeerId;
    }

    private static PeerInfo Info() => PeerInfo.Unknown(Peer()) with { OtherAddresses = [Multiaddr.Parse("/ip4/8.8.8.8/tcp/1")], SeenAt = s_start };

    private static async Task<Libp2pHost> StartAsync(BetarDatabase database)
    {
        Libp2pHost host = Libp2pHost.CreateBuilder()
            .WithPeerStore(new DatabasePeerStore(database.Peers, new PeerStoreOptions(), NullLogger<DatabasePeerStore>.Instance)).Build();
        await host.StartAsync();
        return host;
    }

    private DatabasePeerStore Store() => new(_table, _options, NullLogger<DatabasePeerStore>.Instance);

    private sealed class TestTable : IPeerTable
    {
        public List<PeerTableRow> Rows { get; } = [];

        public (int Most, DateTimeOffset ForgetBefore) Bounds { get; private set; }

        public bool Fault { get; set; }

        public TaskCompletionSource? Slow { get; set; }

        public async ValueTask PutAsync(PeerTableRow row, int most, DateTimeOffset forgetBefore, CancellationToken cancellationToken)
        {
            Fail();
            if (Slow is { } slow)
                await slow.Task;
            Rows.Add(row);
            Bounds = (most, forgetBefore);
        }

        public ValueTask<PeerTableRow?> FindAsync(ReadOnlyMemory<byte> id, CancellationToken cancellationToken)
        {
            Fail();
            return new(Rows.Where(row => row.Id.Span.SequenceEqual(id.Span)).Select(row => (PeerTableRow?)row).LastOrDefault());
        }

        public ValueTask<IReadOnlyList<PeerTableRow>> BestAsync(int most, CancellationToken cancellationToken)
        {
            Fail();
            return new([.. Rows.OrderByDescending(row => row.Worth).ThenByDescending(row => row.SeenAt).Take(most)]);
        }

        public ValueTask<int> CountAsync(CancellationToken cancellationToken) => new(Rows.Count);

        private void Fail()
        {
            if (Fault)
                throw new StorageException(StorageFailure.InputOutput, "The disk is gone.");
        }
    }
}
