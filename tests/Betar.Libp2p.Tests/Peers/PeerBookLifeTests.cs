using Betar.Libp2p.Diagnostics;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Limits;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Peers;
using Betar.Libp2p.Protocols.Identify;
using Betar.Libp2p.Records;
using Betar.Libp2p.Tests.Support;
using Betar.Orleans.Testing;

namespace Betar.Libp2p.Tests.Peers;

/// <summary>What is left of a peer when it has gone, and when nobody has heard of it for long.</summary>
public sealed class PeerBookLifeTests
{
    private static readonly PeerId Peer = Somebody.Id(1);

    private readonly MemoryPeerStore _store = new(10);
    private readonly PeerStoreOptions _options = new() { AddressesAfterDisconnect = 3 };
    private readonly LimitMeter _meter = new();
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task After_the_disconnect_the_signed_addresses_are_kept_first()
    {
        var book = Book();
        await book.AddAddressesAsync(Peer, Addresses(7, 8), default);
        await book.ApplyAsync(Peer, new IdentifyMessage(), Record(1, 1, 2), _ => true, default);

        await book.LeftAsync(Peer, default);

        var info = await book.FindAsync(Peer, default);
        Assert.Equal(Addresses(1, 2), info.SignedAddresses);
        Assert.Equal(Addresses(7), info.OtherAddresses);
    }

    [Fact]
    public async Task Who_said_nothing_leaves_nothing_behind()
    {
        await Book().LeftAsync(Peer, default);
        Assert.Equal(0, _store.Count);
    }

    [Fact]
    public async Task The_same_record_brings_back_what_the_disconnect_dropped()
    {
        var book = Book();
        using var key = Somebody.Key(1);
        var record = new PeerRecord(Peer, 5, Addresses(1, 2, 3, 4, 5));
        var message = new IdentifyMessage { SignedPeerRecord = record.Seal(key).Encode() };
        await book.ApplyAsync(Peer, message, record, _ => true, default);
        await book.LeftAsync(Peer, default);
        Assert.Equal(3, (await book.FindAsync(Peer, default)).SignedAddresses.Count);

        Assert.Equal(5, (await book.ApplyAsync(Peer, message, record, _ => true, default)).SignedAddresses.Count);
    }

    [Fact]
    public async Task Addresses_live_exactly_as_long_as_they_may()
    {
        var book = Book();
        await book.ApplyAsync(Peer, new IdentifyMessage { Protocols = ["/x"], AgentVersion = "a" }, Record(1, 1), _ => true, default);
        await book.AddAddressesAsync(Peer, Addresses(9), default);

        _time.Advance(_options.AddressLife);
        Assert.Equal(Addresses(1, 9), (await book.FindAsync(Peer, default)).Addresses);
        _time.Advance(TimeSpan.FromTicks(1));
        var old = await book.FindAsync(Peer, default);

        Assert.Empty(old.Addresses);
        Assert.Equal(("a", 1ul), (old.AgentVersion, old.RecordSequence));
        Assert.Equal(["/x"], old.Protocols);
    }

    [Fact]
    public async Task An_old_record_does_not_come_back_when_the_addresses_have_gone()
    {
        var book = Book();
        await book.ApplyAsync(Peer, new IdentifyMessage(), Record(5, 1), _ => true, default);
        _time.Advance(_options.AddressLife * 2);

        Assert.Empty((await book.ApplyAsync(Peer, new IdentifyMessage(), Record(4, 2), _ => true, default)).Addresses);
        Assert.Equal(Addresses(3), (await book.ApplyAsync(Peer, new IdentifyMessage(), Record(6, 3), _ => true, default)).Addresses);
    }

    [Fact]
    public async Task Old_addresses_do_not_come_back_with_a_new_one()
    {
        var book = Book();
        await book.AddAddressesAsync(Peer, Addresses(1), default);
        _time.Advance(_options.AddressLife * 2);

        Assert.Equal(Addresses(2), (await book.AddAddressesAsync(Peer, Addresses(2), default)).Addresses);
    }

    [Fact]
    public async Task A_peer_that_stayed_for_days_is_found_again_when_it_has_left()
    {
        var book = Book();
        await book.AddAddressesAsync(Peer, Addresses(1), default);
        _time.Advance(_options.AddressLife * 3);

        await book.LeftAsync(Peer, default);

        Assert.Equal(Addresses(1), (await book.FindAsync(Peer, default)).Addresses);
    }

    [Fact]
    [Hits(PeerBook.AddressesLimit)]
    public async Task A_name_more_than_are_kept_is_counted()
    {
        var book = Book();
        await book.AddAddressesAsync(Peer, Addresses([.. Enumerable.Range(1, 32)]), default);
        Assert.Equal(0, _meter.Count(PeerBook.AddressesLimit));

        var info = await book.AddAddressesAsync(Peer, Addresses(33), default);

        Assert.Equal((32, Addresses(33)[0]), (info.OtherAddresses.Count, info.OtherAddresses[0]));
        Assert.Equal(1, _meter.Count(PeerBook.AddressesLimit));
    }

    [Fact]
    public void The_host_keeps_twenty_when_the_last_connection_has_ended() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run);
        await pair.Dialer.ConnectAsync(pair.Address);
        await pair.Dialer.ConnectAsync(pair.Address);
        await run.Wait(TimeSpan.FromSeconds(1));
        await pair.Dialer.AddAddressesAsync(pair.Listener.PeerId, Addresses([.. Enumerable.Range(1, 30)]));
        Assert.Equal(31, (await pair.Dialer.GetPeerAsync(pair.Listener.PeerId)).Addresses.Count());

        await pair.Dialer.DisconnectAsync(pair.Listener.PeerId);
        await run.Wait(TimeSpan.FromSeconds(1));

        var left = await pair.Dialer.GetPeerAsync(pair.Listener.PeerId);
        Assert.Equal(20, left.Addresses.Count());
        Assert.Equal(pair.Address.WithoutPeer(), Assert.Single(left.SignedAddresses));
    });

    private PeerBook Book() => new(_store, new MessageLimitOptions(), _options, PeerTies.None, _meter, TaskScheduler.Default, _time);

    private static Multiaddr[] Addresses(params int[] ports) => [.. ports.Select(port => Multiaddr.Parse($"/ip4/8.8.8.8/tcp/{port}"))];

    private static PeerRecord Record(ulong sequence, params int[] ports) => new(Peer, sequence, Addresses(ports));
}
