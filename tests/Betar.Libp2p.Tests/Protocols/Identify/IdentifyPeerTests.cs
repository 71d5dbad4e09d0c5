using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Muxing;
using Betar.Libp2p.Peers;
using Betar.Libp2p.Protocols;
using Betar.Libp2p.Protocols.Identify;
using Betar.Libp2p.Records;
using Betar.Libp2p.Tests.Support;

namespace Betar.Libp2p.Tests.Protocols.Identify;

/// <summary>What strangers say of themselves to a whole host.</summary>
public sealed class IdentifyPeerTests
{
    [Fact]
    public void Somebody_elses_key_is_refused() => Push(async (pair, stranger) =>
    {
        using var other = Somebody.Key(5);
        await SendAsync(stranger, new IdentifyMessage { PublicKey = other.PublicKey.Encoded, AgentVersion = "liar" });
        Assert.Empty((await pair.Listener.GetPeerAsync(stranger.Key.PeerId)).AgentVersion);
    });

    [Fact]
    public void What_is_no_key_is_refused() => Push(async (pair, stranger) =>
    {
        await SendAsync(stranger, new IdentifyMessage { PublicKey = new byte[] { 1, 2, 3 }, AgentVersion = "liar" });
        Assert.Empty((await pair.Listener.GetPeerAsync(stranger.Key.PeerId)).AgentVersion);
    });

    [Fact]
    public void A_record_of_somebody_else_is_not_taken() => Push(async (pair, stranger) =>
    {
        using var other = Somebody.Key(5);
        var record = new PeerRecord(other.PeerId, 1, [Multiaddr.Parse("/ip4/1.2.3.4/tcp/1")]).Seal(other).Encode();
        await SendAsync(stranger, new IdentifyMessage { SignedPeerRecord = record, AgentVersion = "x" });
        var info = await pair.Listener.GetPeerAsync(stranger.Key.PeerId);
        Assert.Equal("x", info.AgentVersion);
        Assert.Empty(info.SignedAddresses);
    });

    [Fact]
    public void A_record_with_a_bad_signature_is_not_taken() => Push(async (pair, stranger) =>
    {
        var record = new PeerRecord(stranger.Key.PeerId, 1, [Multiaddr.Parse("/ip4/1.2.3.4/tcp/1")]).Seal(stranger.Key).Encode();
        record[^1] ^= 1;
        await SendAsync(stranger, new IdentifyMessage { SignedPeerRecord = record });
        Assert.Empty((await pair.Listener.GetPeerAsync(stranger.Key.PeerId)).SignedAddresses);
    });

    [Fact]
    public void A_record_that_was_pushed_is_kept_to_hand_on() => Push(async (pair, stranger) =>
    {
        var record = new PeerRecord(stranger.Key.PeerId, 7, [Multiaddr.Parse("/ip4/1.2.3.4/tcp/1")]).Seal(stranger.Key).Encode();
        await SendAsync(stranger, new IdentifyMessage { SignedPeerRecord = record });
        var info = await pair.Listener.GetPeerAsync(stranger.Key.PeerId);
        Assert.Equal((7ul, true), (info.RecordSequence, info.SignedRecord.Span.SequenceEqual(record)));
        Assert.Equal([Multiaddr.Parse("/ip4/1.2.3.4/tcp/1")], info.SignedAddresses);
    });

    [Fact]
    [Hits(IdentifyService.PartsLimit)]
    public void Too_many_parts() => Push(async (pair, stranger) =>
    {
        var stream = await stranger.OpenAsync(IdentifyService.PushId);
        for (var i = 0; i < 11; i++)
            await stream.WriteAsync(new byte[] { 3, 0x32, 1, (byte)'x' }, default);
        await AssertResetAsync(stream);
        Assert.Equal(1, pair.Listener.LimitHits[IdentifyService.PartsLimit]);
        Assert.Empty((await pair.Listener.GetPeerAsync(stranger.Key.PeerId)).AgentVersion);
    });

    [Fact]
    [Hits(LengthPrefixed.LengthLimit)]
    public void A_part_that_is_too_long_is_refused_by_its_length_alone() => Push(async (pair, stranger) =>
    {
        var stream = await stranger.OpenAsync(IdentifyService.PushId);
        await stream.WriteAsync(new byte[] { 0x81, 0x40 }, default);
        await AssertResetAsync(stream);
        Assert.Equal(1, pair.Listener.LimitHits[LengthPrefixed.LengthLimit]);
    });

    [Fact]
    [Hits(IdentifyReader.ProtocolsLimit)]
    public void Too_many_protocols() => Push(async (pair, stranger) =>
    {
        var stream = await stranger.OpenAsync(IdentifyService.PushId);
        foreach (var part in IdentifyWriter.Write(new IdentifyMessage { Protocols = [.. Enumerable.Range(0, 1025).Select(i => "/" + i)] }))
            await stream.WriteAsync(Prefixed(part), default);
        await AssertResetAsync(stream);
        Assert.Equal(1, pair.Listener.LimitHits[IdentifyReader.ProtocolsLimit]);
    });

    [Fact]
    public void More_addresses_than_are_kept_are_counted_and_the_first_ones_kept() => Push(async (pair, stranger) =>
    {
        var many = Enumerable.Range(1, 40).Select(port => Multiaddr.Parse($"/ip4/1.2.3.4/tcp/{port}")).ToArray();
        await SendAsync(stranger, new IdentifyMessage { ListenAddresses = many });
        Assert.Equal(many.Take(32), (await pair.Listener.GetPeerAsync(stranger.Key.PeerId)).OtherAddresses);
        Assert.Equal(1, pair.Listener.LimitHits[PeerBook.AddressesLimit]);
    });

    [Theory]
    [InlineData(32, 0)]
    [InlineData(33, 1)]
    [InlineData(100, 1)]
    public void Of_a_signed_record_with_more_addresses_than_are_kept_the_first_are_kept_and_it_is_counted(int listed, long hits) => Push(async (pair, stranger) =>
    {
        var many = Enumerable.Range(1, listed).Select(port => Multiaddr.Parse($"/ip4/1.2.3.4/tcp/{port}")).ToArray();
        var record = new PeerRecord(stranger.Key.PeerId, 7, many).Seal(stranger.Key).Encode();
        await SendAsync(stranger, new IdentifyMessage { SignedPeerRecord = record });

        var info = await pair.Listener.GetPeerAsync(stranger.Key.PeerId);
        Assert.Equal(many.Take(32), info.SignedAddresses);
        Assert.True(info.SignedRecord.Span.SequenceEqual(record));
        Assert.Equal(hits, pair.Listener.LimitHits.GetValueOrDefault(PeerBook.AddressesLimit));
    });

    [Fact, Hits(IdentifyReader.AddressLimit)]
    public void An_address_longer_than_is_read_is_counted_and_the_others_kept() => Push(async (pair, stranger) =>
    {
        // One byte more than is read, written by hand: no address of ours can be so long.
        var part = new byte[3 + 1025 + 2 + 8];
        (part[0], part[1], part[2]) = (0x12, 0x81, 0x08);
        var good = Multiaddr.Parse("/ip4/1.2.3.4/tcp/1").Bytes;
        (part[1028], part[1029]) = (0x12, 8);
        good.CopyTo(part.AsMemory(1030));
        var stream = await stranger.OpenAsync(IdentifyService.PushId);
        await stream.WriteAsync(Prefixed(part), default);
        await stream.CloseWriteAsync(default);
        Assert.Equal(0, await stream.ReadAsync(new byte[1], default));

        Assert.Equal([Multiaddr.Parse("/ip4/1.2.3.4/tcp/1")], (await pair.Listener.GetPeerAsync(stranger.Key.PeerId)).OtherAddresses);
        Assert.Equal(1, pair.Listener.LimitHits[IdentifyReader.AddressLimit]);
    });

    [Fact]
    public void A_push_that_never_ends_is_given_up() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run);
        await using var stranger = await Stranger.ConnectAsync(run, pair);
        var stream = await stranger.OpenAsync(IdentifyService.PushId);
        await stream.WriteAsync(new byte[] { 3 }, default);
        var before = run.Time.GetUtcNow();

        await AssertResetAsync(stream);

        Assert.Equal(TimeSpan.FromSeconds(5), run.Time.GetUtcNow() - before);
    });

    [Fact]
    [Hits(IdentifyService.TimeLimit)]
    public void A_peer_that_does_not_say_who_it_is_is_given_up() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run);
        await using var stranger = await Stranger.ConnectAsync(run, pair);
        var stream = await stranger.AcceptAsync(IdentifyService.Id);
        Assert.Equal(0, await stream.ReadAsync(new byte[1], default));

        await run.Wait(TimeSpan.FromSeconds(6));

        await Assert.ThrowsAsync<Libp2pException>(async () => await stream.WriteAsync(new byte[1], default));
        Assert.Equal(1, pair.Listener.LimitHits[IdentifyService.TimeLimit]);
        Assert.Single(pair.Listener.Connections);
    });

    [Fact]
    public void Our_own_id_behind_the_observed_address_is_taken_off() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run);
        var observed = new TaskCompletionSource<Multiaddr?>();
        pair.Listener.PeerChanged += (_, args) => Assert.True(args.Identified is null || observed.TrySetResult(args.Identified.ObservedAddress));
        await using var stranger = await Stranger.ConnectAsync(run, pair);
        var stream = await stranger.AcceptAsync(IdentifyService.Id);
        foreach (var part in IdentifyWriter.Write(new IdentifyMessage { ObservedAddress = Multiaddr.Parse("/ip4/1.2.3.4/tcp/1").WithPeer(pair.Listener.PeerId) }))
            await stream.WriteAsync(Prefixed(part), default);
        await stream.CloseWriteAsync(default);

        Assert.Equal("/ip4/1.2.3.4/tcp/1", (await observed.Task)!.ToString());
    });

    private static void Push(Func<HostPair, Stranger, Task> body) => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run, listener => listener.Configure(options => options.IdentifyPeers = false));
        await using var stranger = await Stranger.ConnectAsync(run, pair);
        await body(pair, stranger);
    });

    private static async Task SendAsync(Stranger stranger, IdentifyMessage message)
    {
        var stream = await stranger.OpenAsync(IdentifyService.PushId);
        foreach (var part in IdentifyWriter.Write(message))
            await stream.WriteAsync(Prefixed(part), default);
        await stream.CloseWriteAsync(default);
        try
        {
            Assert.Equal(0, await stream.ReadAsync(new byte[1], default));
        }
        catch (Libp2pException error)
        {
            Assert.Equal(Libp2pError.StreamReset, error.Code);
        }
    }

    private static async Task AssertResetAsync(MuxedStream stream) => Assert.Equal(
        Libp2pError.StreamReset,
        (await Assert.ThrowsAsync<Libp2pException>(async () => Assert.Equal(1, await stream.ReadAsync(new byte[1], default)))).Code);

    private static byte[] Prefixed(byte[] part)
    {
        var prefix = new byte[Varint.MaxLength];
        return [.. prefix[..Varint.Write(prefix, (ulong)part.Length)], .. part];
    }
}
