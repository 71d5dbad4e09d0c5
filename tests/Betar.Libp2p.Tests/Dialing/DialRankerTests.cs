using Betar.Libp2p.Dialing;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Peers;

namespace Betar.Libp2p.Tests.Dialing;

public sealed class DialRankerTests
{
    private readonly DialOptions _options = new();

    [Fact]
    public void Our_own_network_first_then_quic_then_tcp_then_websocket_and_the_families_in_turns() => Assert.Equal(
        [
            "/ip4/127.0.0.1/tcp/1 0", "/ip4/10.0.0.1/tcp/1 30",
            "/ip6/2a00::1/udp/1/quic-v1 250", "/ip4/8.8.8.8/udp/1/quic-v1 250",
            "/ip6/2a00::1/tcp/1 250", "/ip4/8.8.8.8/tcp/1 250", "/ip6/2a00::2/tcp/1 250", "/ip4/8.8.8.9/tcp/1 250", "/ip4/8.8.8.10/tcp/1 250",
            "/ip4/8.8.8.8/tcp/2/ws 250",
        ],
        Rank(
            "/ip4/8.8.8.8/tcp/2/ws", "/ip4/8.8.8.8/tcp/1", "/ip4/8.8.8.9/tcp/1", "/ip4/8.8.8.10/tcp/1", "/ip6/2a00::1/tcp/1", "/ip6/2a00::2/tcp/1",
            "/ip4/8.8.8.8/udp/1/quic-v1", "/ip6/2a00::1/udp/1/quic-v1", "/ip4/127.0.0.1/tcp/1", "/ip4/10.0.0.1/tcp/1", "/ip4/10.0.0.1/tcp/1"));

    [Theory]
    [InlineData("/ip4/8.8.8.8/tcp/1", true)]
    [InlineData("/ip6/2a00::1/tcp/1", true)]
    [InlineData("/dns4/a.example/tcp/1", true)]
    [InlineData("/ip4/127.0.0.1/tcp/1", false)]
    [InlineData("/ip4/10.1.2.3/tcp/1", false)]
    [InlineData("/ip4/172.16.0.1/tcp/1", false)]
    [InlineData("/ip4/172.32.0.1/tcp/1", true)]
    [InlineData("/ip4/192.168.0.1/tcp/1", false)]
    [InlineData("/ip4/169.254.169.254/tcp/1", false)]
    [InlineData("/ip4/100.64.0.1/tcp/1", false)]
    [InlineData("/ip4/224.0.0.1/tcp/1", false)]
    [InlineData("/ip4/0.0.0.0/tcp/1", false)]
    [InlineData("/ip6/::1/tcp/1", false)]
    [InlineData("/ip6/fe80::1/tcp/1", false)]
    [InlineData("/ip6/fd00::1/tcp/1", false)]
    [InlineData("/ip6/ff02::1/tcp/1", false)]
    [InlineData("/ip6/::ffff:10.0.0.1/tcp/1", false)]
    [InlineData("/ip6/::ffff:8.8.8.8/tcp/1", true)]
    [InlineData("/ip6/::ffff:169.254.169.254/tcp/1", false)]
    [InlineData("/ip6/::10.0.0.1/tcp/1", false)]
    [InlineData("/ip6/64:ff9b::8.8.8.8/tcp/1", true)]
    [InlineData("/ip6/64:ff9b::10.0.0.1/tcp/1", false)]
    [InlineData("/ip6/64:ff9b::169.254.169.254/tcp/1", false)]
    [InlineData("/ip6/64:ff9b:1::1/tcp/1", false)]
    [InlineData("/ip6/2002:808:808::1/tcp/1", true)]
    [InlineData("/ip6/2002:a00:1::1/tcp/1", false)]
    [InlineData("/ip6/2002:7f00:1::1/tcp/1", false)]
    [InlineData("/ip6/fec0::1/tcp/1", false)]
    [InlineData("/ip4/198.18.0.1/tcp/1", false)]
    [InlineData("/ip4/198.20.0.1/tcp/1", true)]
    [InlineData("/ip4/126.255.255.255/tcp/1", true)]
    [InlineData("/ip4/128.0.0.0/tcp/1", true)]
    [InlineData("/ip4/223.255.255.255/tcp/1", true)]
    [InlineData("/ip4/255.255.255.255/tcp/1", false)]
    [InlineData("/memory/1", false)]
    public void How_far_addresses_reach(string address, bool isPublic) => Assert.Equal(isPublic, AddressScope.IsPublic(Multiaddr.Parse(address)));

    private IEnumerable<string> Rank(params string[] addresses) =>
        DialRanker.Rank(addresses.Select(Multiaddr.Parse), _options).Select(ranked => $"{ranked.Address} {ranked.Delay.TotalMilliseconds}");
}
