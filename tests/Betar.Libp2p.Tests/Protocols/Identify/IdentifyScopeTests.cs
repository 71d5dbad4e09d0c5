using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Peers;
using Betar.Libp2p.Protocols;
using Betar.Libp2p.Protocols.Identify;
using Betar.Libp2p.Records;
using Betar.Libp2p.Tests.Support;
using Betar.Libp2p.Transports.Memory;

namespace Betar.Libp2p.Tests.Protocols.Identify;

/// <summary>A peer of the internet that names addresses of our own network would have us dial what is nobody's business but ours.</summary>
public sealed class IdentifyScopeTests
{
    private static readonly Multiaddr[] Inside =
    [
        .. new[] { "/ip4/127.0.0.1/tcp/1", "/ip4/10.0.0.1/tcp/1", "/ip4/192.168.1.1/tcp/80", "/ip4/169.254.1.1/tcp/80", "/ip6/::1/tcp/1", "/ip6/fd00::1/tcp/1", "/memory/7" }
            .Select(Multiaddr.Parse),
    ];

    private static readonly Multiaddr[] Outside = [Multiaddr.Parse("/ip4/8.8.8.8/tcp/1"), Multiaddr.Parse("/ip6/2a00::1/tcp/1"), Multiaddr.Parse("/dns4/a.example/tcp/1")];

    [Fact]
    public void From_the_internet_addresses_of_our_own_network_are_left_out() => Tell(aliased: true, info =>
        Assert.Equal(Outside, info.OtherAddresses), signed: false);

    [Fact]
    public void Nor_are_they_taken_when_they_are_signed() => Tell(aliased: true, info =>
    {
        Assert.Equal(Outside, info.SignedAddresses);
        Assert.Empty(info.OtherAddresses);
    }, signed: true);

    [Fact]
    public void Who_is_in_our_own_network_may_name_it() => Tell(aliased: false, info =>
        Assert.Equal([.. Inside, .. Outside], info.OtherAddresses), signed: false);

    [Fact]
    public void Nobody_may_name_where_clouds_keep_secrets_or_where_no_peer_can_be() => Tell(aliased: false, info => Assert.Equal([.. Inside, .. Outside], info.OtherAddresses), signed: false,
        [Multiaddr.Parse("/ip4/169.254.169.254/tcp/80"), Multiaddr.Parse("/ip4/224.0.0.1/tcp/80"), Multiaddr.Parse("/ip6/fd00:ec2::254/tcp/80"), Multiaddr.Parse("/ip4/0.0.0.0/tcp/80")]);

    private static void Tell(bool aliased, Action<PeerInfo> check, bool signed, params Multiaddr[] more) => Simulated.Run(async run =>
    {
        var network = new MemoryNetwork(run.Time, 1);
        var builder = Libp2pHost.CreateBuilder().WithTime(run.Time).WithScheduler(run.Scheduler).Configure(options => options.IdentifyPeers = false).Listen("/memory/0");
        await using var host = (aliased ? builder.WithTransport(new AliasTransport(network)) : builder.WithTransport(new MemoryTransport(network))).Build();
        await host.StartAsync();
        await using var peer = HostPair.Builder(network, 9).Configure(options => options.IdentifyPeers = false).Build();
        await peer.StartAsync();
        using var key = Somebody.Key(9);
        Multiaddr[] all = [.. more, .. Inside, .. Outside];
        var message = signed
            ? new IdentifyMessage { ListenAddresses = all, SignedPeerRecord = new PeerRecord(key.PeerId, 1, all).Seal(key).Encode() }
            : new IdentifyMessage { ListenAddresses = all };

        await using var stream = await peer.OpenStreamAsync(host.Addresses[0], IdentifyService.PushId);
        foreach (var part in IdentifyWriter.Write(message))
            await LengthPrefixed.WriteAsync(stream, part, default);
        await stream.CloseWriteAsync();
        Assert.Equal(0, await stream.ReadAsync(new byte[1]));

        check(await host.GetPeerAsync(key.PeerId));
    });
}
