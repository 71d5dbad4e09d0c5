using Betar.Libp2p.Diagnostics;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Limits;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Peers;
using Betar.Libp2p.Protocols.Identify;
using Betar.Libp2p.Records;
using Betar.Libp2p.Tests.Support;
using Betar.Tests.Shared;

namespace Betar.Libp2p.Tests.Peers;

/// <summary>Who is forgotten when there is no room: strangers cannot push out whom we know.</summary>
public sealed class PeerRoomTests
{
    private static readonly PeerId Friend = Somebody.Id(1);

    private readonly MemoryPeerStore _store = new(4);
    private readonly HashSet<PeerId> _connected = [];
    private readonly HashSet<PeerId> _protected = [];

    [Theory]
    [InlineData(PeerStanding.Met)]
    [InlineData(PeerStanding.Reached)]
    [InlineData(PeerStanding.Protected)]
    public async Task Any_number_of_strangers_push_out_only_each_other(PeerStanding standing)
    {
        await _store.SaveAsync(PeerInfo.Unknown(Friend) with { Standing = standing }, default);
        for (byte i = 2; i < 100; i++)
            await _store.SaveAsync(PeerInfo.Unknown(Somebody.Id(i)), default);

        Assert.Equal(4, _store.Count);
        Assert.NotNull(await _store.FindAsync(Friend, default));
        Assert.NotNull(await _store.FindAsync(Somebody.Id(99), default));
        Assert.Null(await _store.FindAsync(Somebody.Id(96), default));
    }

    [Fact]
    public async Task Who_is_connected_stays_before_those_who_are_not()
    {
        await _store.SaveAsync(PeerInfo.Unknown(Friend) with { IsConnected = true }, default);
        for (byte i = 2; i < 20; i++)
            await _store.SaveAsync(PeerInfo.Unknown(Somebody.Id(i)) with { Standing = PeerStanding.Protected }, default);

        Assert.NotNull(await _store.FindAsync(Friend, default));
    }

    [Fact]
    public async Task Those_who_came_to_us_do_not_push_out_those_whom_we_reached()
    {
        await _store.SaveAsync(PeerInfo.Unknown(Friend) with { Standing = PeerStanding.Reached }, default);
        for (byte i = 2; i < 20; i++)
            await _store.SaveAsync(PeerInfo.Unknown(Somebody.Id(i)) with { Standing = PeerStanding.Met }, default);

        Assert.NotNull(await _store.FindAsync(Friend, default));
    }

    [Fact]
    public async Task A_newcomer_is_never_the_one_who_goes()
    {
        for (byte i = 2; i < 6; i++)
            await _store.SaveAsync(PeerInfo.Unknown(Somebody.Id(i)) with { Standing = PeerStanding.Reached }, default);

        await _store.SaveAsync(PeerInfo.Unknown(Friend), default);

        Assert.NotNull(await _store.FindAsync(Friend, default));
        Assert.Null(await _store.FindAsync(Somebody.Id(2), default));
    }

    [Fact]
    public async Task A_store_for_one_keeps_the_last_one()
    {
        var store = new MemoryPeerStore(1);
        await store.SaveAsync(PeerInfo.Unknown(Friend) with { Standing = PeerStanding.Protected }, default);
        await store.SaveAsync(PeerInfo.Unknown(Somebody.Id(2)), default);

        Assert.Equal(1, store.Count);
        Assert.NotNull(await store.FindAsync(Somebody.Id(2), default));
    }

    [Fact]
    public async Task A_peer_rises_by_what_we_know_of_it_and_never_falls_by_what_others_say()
    {
        var book = Book();
        Assert.Equal(PeerStanding.Heard, (await book.AddAddressesAsync(Friend, [Address(1)], default)).Standing);
        Assert.Equal(PeerStanding.Met, (await book.ApplyAsync(Friend, new IdentifyMessage(), null, _ => true, default)).Standing);
        Assert.Equal(PeerStanding.Reached, (await book.ReachedAsync(Friend, default)).Standing);
        Assert.Equal(PeerStanding.Reached, (await book.ApplyAsync(Friend, new IdentifyMessage(), null, _ => true, default)).Standing);
        Assert.Equal(PeerStanding.Reached, (await book.AddAddressesAsync(Friend, [Address(2)], default)).Standing);
    }

    [Fact]
    public async Task Whoever_signs_what_he_likes_is_only_met()
    {
        using var key = Somebody.Key(1);
        var record = new PeerRecord(Friend, ulong.MaxValue, [Address(1)]);
        var message = new IdentifyMessage { SignedPeerRecord = record.Seal(key).Encode() };
        Assert.Equal(PeerStanding.Met, (await Book().ApplyAsync(Friend, message, record, _ => true, default)).Standing);
    }

    [Fact]
    public async Task Protection_is_written_down_and_taken_back_and_leaves_a_good_name()
    {
        var book = Book();
        await book.TiesChangedAsync(Friend, default);
        Assert.Equal(0, _store.Count);

        await book.AddAddressesAsync(Friend, [Address(1)], default);
        _protected.Add(Friend);
        await book.TiesChangedAsync(Friend, default);
        Assert.Equal(PeerStanding.Protected, (await book.FindAsync(Friend, default)).Standing);

        _protected.Remove(Friend);
        await book.TiesChangedAsync(Friend, default);
        Assert.Equal(PeerStanding.Reached, (await book.FindAsync(Friend, default)).Standing);
    }

    [Fact]
    public async Task A_connection_holds_the_row_until_it_has_ended()
    {
        var book = Book();
        _connected.Add(Friend);
        await book.ApplyAsync(Friend, new IdentifyMessage(), null, _ => true, default);
        Assert.True((await book.FindAsync(Friend, default)).IsConnected);

        _connected.Remove(Friend);
        await book.LeftAsync(Friend, default);
        Assert.False((await book.FindAsync(Friend, default)).IsConnected);
    }

    [Fact]
    public void Whatever_a_model_forgets_the_store_forgets() => Assert.All(Enumerable.Range(0, 20), round =>
    {
        var random = new Random(TestSeed.Value + round);
        var store = new MemoryPeerStore(5);
        List<PeerInfo> model = [];
        for (var step = 0; step < 200; step++)
        {
            var peer = Somebody.Id((byte)random.Next(15));
            if (random.Next(3) == 0)
            {
                var found = store.FindAsync(peer, default).AsTask().Result;
                var expected = model.Find(info => info.Peer == peer);
                Assert.True(ReferenceEquals(expected, found), $"seed {TestSeed.Value}, round {round}, step {step}");
                if (expected is not null)
                    Use(model, expected);
                continue;
            }

            var info = PeerInfo.Unknown(peer) with { Standing = (PeerStanding)random.Next(4), IsConnected = random.Next(5) == 0 };
            store.SaveAsync(info, default).AsTask().Wait();
            model.RemoveAll(other => other.Peer == peer);
            Use(model, info);
            if (model.Count > 5)
                model.Remove(model.SkipLast(1).MinBy(other => other.IsConnected ? 4 : (int)other.Standing)!);
        }
    });

    [Fact]
    public void The_host_holds_whom_it_dialled_and_whom_it_protects_against_a_crowd() => Simulated.Run(async run =>
    {
        var friend = Somebody.Id(100);
        await using var pair = await HostPair.StartAsync(run, dialer: builder => builder.WithPeerStore(new MemoryPeerStore(4)));
        await pair.Dialer.ConnectAsync(pair.Address);
        await run.Wait(TimeSpan.FromSeconds(1));
        Assert.Equal((PeerStanding.Reached, true), Standing(await pair.Dialer.GetPeerAsync(pair.Listener.PeerId)));
        await pair.Dialer.DisconnectAsync(pair.Listener.PeerId);
        await run.Wait(TimeSpan.FromSeconds(1));
        await pair.Dialer.AddAddressesAsync(friend, [Address(1)]);
        pair.Dialer.Protect(friend, "ours");
        await run.Wait(TimeSpan.FromSeconds(1));

        for (byte i = 101; i < 150; i++)
            await pair.Dialer.AddAddressesAsync(Somebody.Id(i), [Address(i)]);

        Assert.Equal((PeerStanding.Reached, false), Standing(await pair.Dialer.GetPeerAsync(pair.Listener.PeerId)));
        Assert.Equal((PeerStanding.Protected, false), Standing(await pair.Dialer.GetPeerAsync(friend)));
        Assert.Equal([Address(1)], (await pair.Dialer.GetPeerAsync(friend)).Addresses);
        Assert.False(pair.Dialer.Unprotect(friend, "ours"));
        await run.Wait(TimeSpan.FromSeconds(1));
        Assert.Equal((PeerStanding.Reached, false), Standing(await pair.Dialer.GetPeerAsync(friend)));

        // Who was dialled has only come to us.
        Assert.Equal((PeerStanding.Met, false), Standing(await pair.Listener.GetPeerAsync(pair.Dialer.PeerId)));
    });

    private static (PeerStanding Standing, bool IsConnected) Standing(PeerInfo info) => (info.Standing, info.IsConnected);

    private static void Use(List<PeerInfo> model, PeerInfo info)
    {
        model.Remove(info);
        model.Add(info);
    }

    private static Multiaddr Address(int port) => Multiaddr.Parse($"/ip4/8.8.8.8/tcp/{port}");

    private PeerBook Book() => new(
        _store, new MessageLimitOptions(), new PeerStoreOptions(), new PeerTies(_connected.Contains, _protected.Contains), new LimitMeter(), TaskScheduler.Default, TimeProvider.System);
}
