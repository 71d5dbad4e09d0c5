using System.Net;
using Betar.Libp2p.Connections;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Tests.Support;

namespace Betar.Libp2p.Tests.Connections;

/// <summary>Whom the list of the denied keeps out, at each of the four questions.</summary>
public sealed class DenyListGateTests
{
    private readonly DenyListGate _gate = new();

    [Theory]
    [InlineData("10.0.0.0/8", "/ip4/10.255.255.255/tcp/1", false)]
    [InlineData("10.0.0.0/8", "/ip4/11.0.0.0/tcp/1", true)]
    [InlineData("10.0.0.0/8", "/ip4/9.255.255.255/tcp/1", true)]
    [InlineData("10.0.0.1/32", "/ip4/10.0.0.1/udp/1/quic-v1", false)]
    [InlineData("10.0.0.0/8", "/ip6/::ffff:10.0.0.1/tcp/1", false)]
    [InlineData("10.0.0.0/8", "/ip6/::10.0.0.1/tcp/1", true)]
    [InlineData("2001:db8::/32", "/ip6/2001:db8:ffff::1/tcp/1/ws", false)]
    [InlineData("2001:db8::/32", "/ip6/2001:db9::1/tcp/1", true)]
    [InlineData("0.0.0.0/0", "/ip4/8.8.8.8/tcp/1", false)]
    [InlineData("0.0.0.0/0", "/ip6/2a00::1/tcp/1", true)]
    [InlineData("0.0.0.0/0", "/dns4/a.example/tcp/1", true)]
    [InlineData("0.0.0.0/0", "/memory/1", true)]
    public void A_network_is_denied_for_dialling_and_for_coming_in(string network, string address, bool free)
    {
        var remote = Multiaddr.Parse(address);
        _gate.Deny(IPNetwork.Parse(network));

        Assert.Equal(free, _gate.MayAccept(remote));
        Assert.Equal(free, _gate.MayDial(Somebody.Id(1), remote));
        Assert.True(_gate.MayDial(Somebody.Id(1)));
        Assert.True(_gate.MayStay(Somebody.Id(1), remote, inbound: true));

        _gate.Allow(IPNetwork.Parse(network));
        Assert.True(_gate.MayAccept(remote));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_peer_is_denied_before_a_dial_and_after_every_handshake(bool inbound)
    {
        var remote = Multiaddr.Parse("/ip4/8.8.8.8/tcp/1");
        _gate.Deny(Somebody.Id(1));

        Assert.False(_gate.MayDial(Somebody.Id(1)));
        Assert.False(_gate.MayStay(Somebody.Id(1), remote, inbound));
        Assert.True(_gate.MayDial(Somebody.Id(2)));
        Assert.True(_gate.MayStay(Somebody.Id(2), remote, inbound));
        Assert.True(_gate.MayAccept(remote));

        _gate.Allow(Somebody.Id(1));
        Assert.True(_gate.MayDial(Somebody.Id(1)));
        Assert.True(_gate.MayStay(Somebody.Id(1), remote, inbound));
    }

    [Fact]
    public void Denying_twice_is_taken_back_at_once()
    {
        _gate.Deny(Somebody.Id(1));
        _gate.Deny(Somebody.Id(1));
        _gate.Allow(Somebody.Id(1));
        Assert.True(_gate.MayDial(Somebody.Id(1)));
    }

    [Fact]
    public void A_denied_peer_is_not_dialled() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run, dialer: dialer => dialer.WithGate(_gate));
        _gate.Deny(pair.Listener.PeerId);

        Assert.Equal(Libp2pError.Gated, (await Assert.ThrowsAsync<Libp2pException>(() => pair.Dialer.ConnectAsync(pair.Address))).Code);
        Assert.Empty(pair.Listener.Connections);
        _gate.Allow(pair.Listener.PeerId);
        await pair.Dialer.ConnectAsync(pair.Address);
    });
}
