using Betar.Libp2p.Discovery;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Tests.Support;

namespace Betar.Libp2p.Tests.Discovery;

public sealed class AddressFilterTests
{
    private static readonly string[] Near =
    [
        "/ip4/127.0.0.1/tcp/4001", "/ip4/10.0.0.1/tcp/4001", "/ip4/192.168.1.1/tcp/4001", "/ip4/169.254.1.1/tcp/4001", "/ip4/169.254.169.254/tcp/80",
        "/ip4/224.0.0.1/tcp/4001", "/ip4/0.0.0.0/tcp/4001", "/ip6/::1/tcp/4001", "/ip6/fe80::1/tcp/4001", "/ip6/fd00::1/tcp/4001", "/ip6/::ffff:10.0.0.1/tcp/4001",
    ];

    private static readonly AddressFilter Filter = new(new DiscoveryOptions());

    public static TheoryData<string> NearAddresses => [.. Near];

    [Theory]
    [MemberData(nameof(NearAddresses))]
    public void A_stranger_of_the_internet_sends_us_nowhere_near(string address)
    {
        Assert.False(Allows(address, PeerOrigin.Stranger));
        Assert.False(Allows(address, PeerOrigin.Stranger, "/ip4/9.9.9.9/tcp/1"));
    }

    [Theory]
    [InlineData("/ip4/9.9.9.9/tcp/4001", true)]
    [InlineData("/ip4/9.9.9.9/udp/4001/quic-v1", true)]
    [InlineData("/dns4/example.org/tcp/4001", true)]
    [InlineData("/ip4/9.9.9.9/tcp/443", true)]
    [InlineData("/ip4/9.9.9.9/tcp/80/ws", true)]
    [InlineData("/ip4/9.9.9.9/tcp/1024", true)]
    [InlineData("/ip4/9.9.9.9/tcp/1023", false)]
    [InlineData("/ip4/9.9.9.9/tcp/22", false)]
    [InlineData("/ip4/9.9.9.9/udp/53/quic-v1", false)]
    [InlineData("/dns4/example.org/tcp/25", false)]
    public void A_stranger_names_ports_where_peers_listen(string address, bool allowed) => Assert.Equal(allowed, Allows(address, PeerOrigin.Stranger));

    [Theory]
    [InlineData("/ip4/127.0.0.1/tcp/1", "/ip4/127.0.0.1/tcp/4001", true)]
    [InlineData("/ip4/127.0.0.1/tcp/1", "/ip4/10.0.0.1/tcp/22", true)]
    [InlineData("/ip4/127.0.0.1/tcp/1", "/ip4/169.254.169.254/tcp/80", false)]
    [InlineData("/ip4/10.0.0.9/tcp/1", "/ip4/10.0.0.1/tcp/4001", true)]
    [InlineData("/ip4/10.0.0.9/tcp/1", "/ip4/127.0.0.1/tcp/4001", false)]
    [InlineData("/ip4/10.0.0.9/tcp/1", "/ip4/169.254.1.1/tcp/4001", false)]
    [InlineData("/ip4/10.0.0.9/tcp/1", "/ip4/169.254.169.254/tcp/80", false)]
    public void A_peer_of_our_own_network_may_name_what_is_as_near_as_he_is(string speaker, string address, bool allowed) =>
        Assert.Equal(allowed, Allows(address, PeerOrigin.Stranger, speaker));

    [Theory]
    [InlineData("/ip4/192.168.1.7/tcp/0", "/ip4/192.168.1.7/tcp/4001", true)]
    [InlineData("/ip4/192.168.1.7/tcp/0", "/ip4/169.254.3.3/tcp/4001", true)]
    [InlineData("/ip4/203.0.113.7/tcp/0", "/ip4/192.168.1.7/tcp/4001", true)]
    [InlineData("/ip4/192.168.1.7/tcp/0", "/ip4/127.0.0.1/tcp/4001", false)]
    [InlineData("/ip4/192.168.1.7/tcp/0", "/ip4/169.254.169.254/tcp/80", false)]
    [InlineData("/ip4/192.168.1.7/tcp/0", "/ip4/224.0.0.251/tcp/80", false)]
    [InlineData("/ip4/192.168.1.7/tcp/0", "/dns4/intranet/tcp/80", false)]
    [InlineData("/ip4/127.0.0.1/tcp/0", "/ip4/127.0.0.1/tcp/4001", true)]
    [InlineData("/ip4/127.0.0.1/tcp/0", "/ip4/169.254.169.254/tcp/80", false)]
    public void On_a_link_neighbours_are_found_and_this_machine_only_by_itself(string sender, string address, bool allowed) =>
        Assert.Equal(allowed, Allows(address, PeerOrigin.Link, sender));

    [Theory]
    [MemberData(nameof(NearAddresses))]
    public void The_operator_may_name_anything(string address) => Assert.True(Allows(address, PeerOrigin.Operator));

    [Theory]
    [InlineData("/ip4/127.0.0.1/tcp/4001", true)]
    [InlineData("/ip4/10.0.0.1/tcp/22", true)]
    [InlineData("/ip4/9.9.9.9/tcp/22", true)]
    [InlineData("/ip4/169.254.169.254/tcp/80", false)]
    [InlineData("/ip4/224.0.0.1/tcp/80", false)]
    public void Where_somebody_was_found_before_it_is_tried_again(string address, bool allowed) => Assert.Equal(allowed, Allows(address, PeerOrigin.Remembered));

    private static bool Allows(string address, PeerOrigin origin, string? speaker = null) => Filter.Allows(
        Multiaddr.Parse(address), new PeerCandidate(Somebody.Id(1), [], origin, "test") { Speaker = speaker is null ? null : Multiaddr.Parse(speaker) });
}
