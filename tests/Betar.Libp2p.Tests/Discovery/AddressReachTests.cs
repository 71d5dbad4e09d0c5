using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Peers;

namespace Betar.Libp2p.Tests.Discovery;

public sealed class AddressReachTests
{
    [Theory]
    [InlineData("/ip4/8.8.8.8/tcp/1", nameof(AddressReach.Public))]
    [InlineData("/ip6/2606:4700::1/tcp/1", nameof(AddressReach.Public))]
    [InlineData("/dns4/example.org/tcp/1", nameof(AddressReach.Public))]
    [InlineData("/ip4/10.1.2.3/tcp/1", nameof(AddressReach.Site))]
    [InlineData("/ip4/192.168.0.1/udp/1/quic-v1", nameof(AddressReach.Site))]
    [InlineData("/ip4/172.16.0.1/tcp/1", nameof(AddressReach.Site))]
    [InlineData("/ip4/100.64.0.1/tcp/1", nameof(AddressReach.Site))]
    [InlineData("/ip6/fd12::1/tcp/1", nameof(AddressReach.Site))]
    [InlineData("/ip6/::ffff:10.0.0.1/tcp/1", nameof(AddressReach.Site))]
    [InlineData("/ip6/64:ff9b::a00:1/tcp/1", nameof(AddressReach.Site))]
    [InlineData("/memory/7", nameof(AddressReach.Machine))]
    [InlineData("/ip4/169.254.1.1/tcp/1", nameof(AddressReach.Link))]
    [InlineData("/ip6/fe80::1/tcp/1", nameof(AddressReach.Link))]
    [InlineData("/ip4/127.0.0.1/tcp/1", nameof(AddressReach.Machine))]
    [InlineData("/ip4/127.8.8.8/tcp/1", nameof(AddressReach.Machine))]
    [InlineData("/ip6/::1/tcp/1", nameof(AddressReach.Machine))]
    [InlineData("/ip6/::ffff:127.0.0.1/tcp/1", nameof(AddressReach.Machine))]
    [InlineData("/ip6/2002:7f00:1::/tcp/1", nameof(AddressReach.Machine))]
    [InlineData("/ip4/169.254.169.254/tcp/80", nameof(AddressReach.Nowhere))]
    [InlineData("/ip6/::ffff:169.254.169.254/tcp/80", nameof(AddressReach.Nowhere))]
    [InlineData("/ip6/fd00:ec2::254/tcp/80", nameof(AddressReach.Nowhere))]
    [InlineData("/ip4/100.100.100.200/tcp/80", nameof(AddressReach.Nowhere))]
    [InlineData("/ip4/0.0.0.0/tcp/1", nameof(AddressReach.Nowhere))]
    [InlineData("/ip4/224.0.0.251/udp/5353/quic-v1", nameof(AddressReach.Nowhere))]
    [InlineData("/ip4/255.255.255.255/tcp/1", nameof(AddressReach.Nowhere))]
    [InlineData("/ip6/ff02::fb/tcp/1", nameof(AddressReach.Nowhere))]
    [InlineData("/ip6/::/tcp/1", nameof(AddressReach.Nowhere))]
    public void An_address_leads_so_far(string address, string reach) => Assert.Equal(reach, AddressReaches.Of(Multiaddr.Parse(address)).ToString());

    [Fact]
    public void Nobody_names_what_is_nearer_to_us_than_he_is()
    {
        AddressReach[] all = [AddressReach.Nowhere, AddressReach.Machine, AddressReach.Link, AddressReach.Site, AddressReach.Public];
        var may = from speaker in all from address in all where AddressReaches.MayName(speaker, address) select (speaker, address);

        Assert.Equal(
            [
                (AddressReach.Nowhere, AddressReach.Public),
                (AddressReach.Machine, AddressReach.Machine), (AddressReach.Machine, AddressReach.Link), (AddressReach.Machine, AddressReach.Site), (AddressReach.Machine, AddressReach.Public),
                (AddressReach.Link, AddressReach.Link), (AddressReach.Link, AddressReach.Site), (AddressReach.Link, AddressReach.Public),
                (AddressReach.Site, AddressReach.Site), (AddressReach.Site, AddressReach.Public),
                (AddressReach.Public, AddressReach.Public),
            ],
            may);
    }
}
