using Betar.Libp2p.Diagnostics;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Limits;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Peers;
using Betar.Libp2p.Protocols.Identify;
using Betar.Libp2p.Records;
using Betar.Libp2p.Tests.Support;

namespace Betar.Libp2p.Tests.Peers;

public sealed class PeerStoreTests
{
    private static readonly PeerId Peer = Somebody.Id(1);

    private readonly MemoryPeerStore _store = new(3);
    private readonly LimitMeter _meter = new();
    private readonly MessageLimitOptions _limits = new() { AddressesPerPeer = 3 };

    [Fact]
    public async Task A_stranger_is_not_found() => Assert.Null(await _store.FindAsync(Peer, default));

    [Fact]
    public async Task Those_used_last_stay()
    {
        for (byte i = 1; i <= 3; i++)
            await _store.SaveAsync(PeerInfo.Unknown(Somebody.Id(i)), default);
        Assert.NotNull(await _store.FindAsync(Somebody.Id(1), default));
        await _store.SaveAsync(PeerInfo.Unknown(Somebody.Id(2)), default);

        await _store.SaveAsync(PeerInfo.Unknown(Somebody.Id(4)), default);

        Assert.Equal(3, _store.Count);
        Assert.Null(await _store.FindAsync(Somebody.Id(3), default));
        Assert.NotNull(await _store.FindAsync(Somebody.Id(1), default));
        Assert.NotNull(await _store.FindAsync(Somebody.Id(2), default));
    }

    [Fact]
    public async Task What_is_saved_replaces_what_was()
    {
        await _store.SaveAsync(PeerInfo.Unknown(Peer), default);
        await _store.SaveAsync(PeerInfo.Unknown(Peer) with { AgentVersion = "x" }, default);
        Assert.Equal("x", (await _store.FindAsync(Peer, default))!.AgentVersion);
        Assert.Equal(1, _store.Count);
    }

    [Fact]
    public void A_store_for_nobody_is_a_mistake() => Assert.Throws<ArgumentOutOfRangeException>(() => new MemoryPeerStore(0));

    [Fact]
    public async Task Addresses_are_kept_without_the_peer_once_and_the_newest_first()
    {
        var book = Book();
        await book.AddAddressesAsync(Peer, Addresses(1, 2), default);
        var info = await book.AddAddressesAsync(Peer, [Address(3).WithPeer(Peer), Address(1)], default);

        Assert.Equal(Addresses(3, 1, 2), info.OtherAddresses);
        Assert.Equal(Addresses(4, 3, 1), (await book.AddAddressesAsync(Peer, Addresses(4), default)).OtherAddresses);
    }

    [Fact]
    public async Task A_signed_record_is_preferred_to_what_was_only_said()
    {
        var book = Book();
        await book.AddAddressesAsync(Peer, Addresses(9), default);

        var info = await book.ApplyAsync(Peer, new IdentifyMessage { ListenAddresses = Addresses(7) }, Record(5, 1, 2), _ => true, default);

        Assert.Equal(Addresses(1, 2), info.SignedAddresses);
        Assert.Equal(Addresses(9), info.OtherAddresses);
        Assert.Equal(Addresses(1, 2, 9), info.Addresses);
    }

    [Theory]
    [InlineData(4, false)]
    [InlineData(5, false)]
    [InlineData(6, true)]
    public async Task Only_a_newer_record_replaces_one(ulong sequence, bool replaces)
    {
        var book = Book();
        await book.ApplyAsync(Peer, new IdentifyMessage(), Record(5, 1), _ => true, default);

        var info = await book.ApplyAsync(Peer, new IdentifyMessage(), Record(sequence, 2), _ => true, default);

        Assert.Equal(Addresses(replaces ? 2 : 1), info.SignedAddresses);
    }

    [Fact]
    public async Task Without_a_record_the_plain_list_is_taken()
    {
        var info = await Book().ApplyAsync(Peer, new IdentifyMessage { ListenAddresses = Addresses(1, 2) }, null, _ => true, default);
        Assert.Equal(Addresses(1, 2), info.OtherAddresses);
    }

    [Fact]
    public async Task What_is_not_said_stays()
    {
        var book = Book();
        await book.ApplyAsync(Peer, new IdentifyMessage { AgentVersion = "a", ProtocolVersion = "p", Protocols = ["/x"] }, Record(1, 1), _ => true, default);

        var info = await book.ApplyAsync(Peer, new IdentifyMessage(), null, _ => true, default);

        Assert.Equal(("a", "p"), (info.AgentVersion, info.ProtocolVersion));
        Assert.Equal(["/x"], info.Protocols);
        Assert.Equal(Addresses(1), info.SignedAddresses);
    }

    [Fact]
    public async Task Addresses_are_filtered_and_bounded()
    {
        var info = await Book().ApplyAsync(Peer, new IdentifyMessage(), Record(1, 1, 2, 3, 4, 5, 5), address => !address.Equals(Address(2)), default);
        Assert.Equal(Addresses(1, 3, 4), info.SignedAddresses);
        Assert.Equal(1, _meter.Count(PeerBook.AddressesLimit));
    }

    [Fact]
    public void Changes_of_one_peer_at_once_are_all_kept() => Simulated.Run(async run =>
    {
        var book = new PeerBook(new SlowStore(_store, run), _limits, new PeerStoreOptions(), PeerTies.None, new LimitMeter(), run.Scheduler, run.Time);
        await Task.WhenAll(Enumerable.Range(1, 3).Select(port => book.AddAddressesAsync(Peer, Addresses(port), default)));

        Assert.Equal(3, (await book.FindAsync(Peer, default)).OtherAddresses.Count);
    });

    private PeerBook Book() => new(_store, _limits, new PeerStoreOptions(), PeerTies.None, _meter, TaskScheduler.Default, TimeProvider.System);

    private static Multiaddr Address(int port) => Multiaddr.Parse($"/ip4/8.8.8.8/tcp/{port}");

    private static Multiaddr[] Addresses(params int[] ports) => [.. ports.Select(Address)];

    private static PeerRecord Record(ulong sequence, params int[] ports) => new(Peer, sequence, Addresses(ports));

    private sealed class SlowStore(MemoryPeerStore inner, Simulated run) : IPeerStore
    {
        public async ValueTask<PeerInfo?> FindAsync(PeerId peer, CancellationToken cancellationToken)
        {
            await run.Wait(TimeSpan.FromSeconds(1));
            return await inner.FindAsync(peer, cancellationToken);
        }

        public ValueTask<IReadOnlyList<PeerInfo>> BestAsync(int most, CancellationToken cancellationToken) => inner.BestAsync(most, cancellationToken);

        public async ValueTask SaveAsync(PeerInfo info, CancellationToken cancellationToken)
        {
            await run.Wait(TimeSpan.FromSeconds(1));
            await inner.SaveAsync(info, cancellationToken);
        }
    }
}
