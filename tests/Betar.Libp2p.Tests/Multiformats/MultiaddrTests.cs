using System.Net;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;

namespace Betar.Libp2p.Tests.Multiformats;

public sealed class MultiaddrTests
{
    private const string Id = "12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3pq";
    private const string IdHex = "0024080112201ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e";

    [Theory]
    [InlineData("/ip4/127.0.0.1/udp/4001/quic-v1", "047f00000191020fa1cd03")]
    [InlineData("/ip4/192.0.2.1/tcp/4001/p2p/" + Id + "/p2p-circuit", "04c0000201060fa1a50326" + IdHex + "a202")]
    [InlineData("/ip4/1.2.3.4/tcp/80/ws", "040102030406" + "0050" + "dd03")]
    [InlineData("/ip4/1.2.3.4/tcp/443/tls/sni/a.example/ws", "0401020304060" + "1bbc003c10309612e6578616d706c65dd03")]
    [InlineData("/dns/a.b/tcp/443/wss", "3503612e62" + "0601bbde03")]
    [InlineData("/dns4/a.b/tcp/1", "3603612e62060001")]
    [InlineData("/dns6/a.b/tcp/1", "3703612e62060001")]
    [InlineData("/dnsaddr/a.b", "3803612e62")]
    [InlineData("/dnsaddr/bücher.example", "380f62c3bc636865722e6578616d706c65")]
    [InlineData("/ip6/::1/tcp/0", "2900000000000000000000000000000001060000")]
    [InlineData("/ip6zone/eth0/ip6/fe80::1/tcp/1", "2a0465746830" + "29fe800000000000000000000000000001" + "060001")]
    [InlineData("/ip4/1.2.3.4/udp/1/quic", "040102030491020001cc03")]
    [InlineData("/ip4/1.2.3.4/udp/1/webrtc-direct", "0401020304910200019802")]
    [InlineData("/ip4/1.2.3.4/udp/1/quic-v1/webtransport/certhash/uEgEA", null)]
    [InlineData("/unix/tmp/a.sock", "90030b2f746d702f612e736f636b")]
    [InlineData("/memory/7", "89060000000000000007")]
    [InlineData("/p2p/" + Id, "a50326" + IdHex)]
    [InlineData("/p2p-circuit", "a202")]
    public void Text_and_bytes_are_the_same_address(string text, string? hex)
    {
        if (hex is null)
        {
            Assert.False(Multiaddr.TryParse(text, out _), "A hash of the wrong length.");
            return;
        }

        var address = Multiaddr.Parse(text);
        Assert.Equal(hex, Convert.ToHexStringLower(address.Bytes.Span));
        Assert.Equal(text, address.ToString());
        Assert.True(Multiaddr.TryDecode(Convert.FromHexString(hex), out var decoded));
        Assert.Equal(text, decoded.ToString());
        Assert.Equal(address, decoded);
        Assert.Equal(address.GetHashCode(), decoded.GetHashCode());
        Assert.True(address.IsKnown);
    }

    [Fact]
    public void A_certificate_hash_in_any_base_is_written_in_one()
    {
        var hash = Multihash.Sha256("certificate"u8).Bytes.Span;
        var address = Multiaddr.Parse("/ip4/1.2.3.4/udp/1/quic-v1/webtransport/certhash/" + Multibase.Encode('z', hash));

        Assert.EndsWith("/certhash/" + Multibase.Encode('u', hash), address.ToString(), StringComparison.Ordinal);
        Assert.Equal(address, Multiaddr.Parse(address.ToString()));
    }

    [Theory]
    [InlineData("/ipfs/" + Id)]
    [InlineData("/p2p/bafzaajaiaejcahwr5d5ofrfbis4l5d6uwr57hu5tjodrypfm6yaq6dsc2r2pzyt6")]
    public void Old_names_and_other_spellings_of_a_peer_are_taken(string text) => Assert.Equal("/p2p/" + Id, Multiaddr.Parse(text).ToString());

    [Theory]
    [InlineData("/ip6/2001:DB8:0:0:0:0:0:1/tcp/1", "/ip6/2001:db8::1/tcp/1")]
    [InlineData("/ip6/::ffff:1.2.3.4/tcp/1", "/ip6/::ffff:1.2.3.4/tcp/1")]
    public void Other_spellings_of_ipv6_are_taken(string text, string canonical) => Assert.Equal(canonical, Multiaddr.Parse(text).ToString());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("ip4/1.2.3.4")]
    [InlineData("//ip4/1.2.3.4")]
    [InlineData("/ip4")]
    [InlineData("/ip4/")]
    [InlineData("/ip4/1.2.3")]
    [InlineData("/ip4/1.2.3.256")]
    [InlineData("/ip4/01.2.3.4")]
    [InlineData("/ip4/::1")]
    [InlineData("/ip4/1.2.3.4/")]
    [InlineData("/ip4/1.2.3.4/tcp")]
    [InlineData("/ip4/1.2.3.4/tcp/65536")]
    [InlineData("/ip4/1.2.3.4/tcp/-1")]
    [InlineData("/ip4/1.2.3.4/tcp/+1")]
    [InlineData("/ip4/1.2.3.4/tcp/ 1")]
    [InlineData("/ip4/1.2.3.4/tcp/1/nonsense")]
    [InlineData("/ip4/1.2.3.4/TCP/1")]
    [InlineData("/ip6/1.2.3.4")]
    [InlineData("/ip6/::1%eth0")]
    [InlineData("/ip6/[::1]")]
    [InlineData("/dns4/")]
    [InlineData("/dns4/a b")]
    [InlineData("/dns4/a\u0001")]
    [InlineData("/p2p/nonsense")]
    [InlineData("/p2p/bafkreifa4mtalixxnmioy455ji33bdikvmpctbpfivldhp22b45hs2bdpq")]
    [InlineData("/unix")]
    [InlineData("/memory/18446744073709551616")]
    [InlineData("/unknown")]
    [InlineData("/unknown/x")]
    [InlineData("/unknown/ubwA/ws")]
    [InlineData("/unknown/zJp")]
    [InlineData("/unknown/uBAECAwQ")]
    public void Text_that_is_no_address_is_refused(string? text) => Assert.False(Multiaddr.TryParse(text, out _));

    [Fact]
    public void Half_a_character_is_refused() => Assert.False(Multiaddr.TryParse("/dns4/a" + '\ud800', out _));

    [Theory]
    [InlineData("")]
    [InlineData("04")]
    [InlineData("047f0000")]
    [InlineData("8400" + "7f000001")]
    [InlineData("0600")]
    [InlineData("3503612e")]
    [InlineData("3500")]
    [InlineData("35ffffffffffffffff7f61")]
    [InlineData("3503612f62")]
    [InlineData("3502ff61")]
    [InlineData("3502610a")]
    [InlineData("a50300")]
    [InlineData("a50301" + "00")]
    [InlineData("a5030400020102")]
    [InlineData("900303612f62")]
    [InlineData("d20302" + "1201")]
    public void Bytes_that_are_no_address_are_refused(string hex) => Assert.False(Multiaddr.TryDecode(Convert.FromHexString(hex), out _));

    [Fact]
    public void Long_addresses_are_refused()
    {
        var longest = "/unix/" + new string('a', Multiaddr.MaxLength - 5);

        Assert.Equal(Multiaddr.MaxLength, Multiaddr.Parse(longest).Bytes.Length);
        Assert.False(Multiaddr.TryParse(longest + "a", out _));
        Assert.False(Multiaddr.TryDecode(new byte[Multiaddr.MaxLength + 1], out _));
        Assert.Throws<ArgumentException>(() => Multiaddr.Parse(longest).Append(Multiaddr.Parse("/ws")));
    }

    [Fact]
    public void An_unknown_part_survives_and_cannot_be_used()
    {
        byte[] bytes = [0x04, 1, 2, 3, 4, 0xb0, 0x77, 9, 8, 7];

        Assert.True(Multiaddr.TryDecode(bytes, out var address));
        Assert.Equal(bytes, address.Bytes.ToArray());
        Assert.False(address.IsKnown);
        Assert.Equal("/ip4/1.2.3.4/unknown/usHcJCAc", address.ToString());
        Assert.Equal(address, Multiaddr.Parse(address.ToString()));
        Assert.Null(address.Peer);
    }

    [Fact]
    public void The_peer_at_the_end()
    {
        var peer = PeerId.Parse(Id);
        var bare = Multiaddr.Parse("/ip4/1.2.3.4/tcp/1");
        var full = bare.WithPeer(peer);

        Assert.Null(bare.Peer);
        Assert.Equal(peer, full.Peer);
        Assert.Equal(full, full.WithPeer(peer));
        Assert.Equal(bare, full.WithoutPeer());
        Assert.Same(bare, bare.WithoutPeer());
        Assert.Equal("/p2p/" + Id, Multiaddr.Parse("/p2p/" + Id).WithoutPeer().ToString());
        Assert.Equal(bare.ToString() + "/ws", bare.Append(Multiaddr.Parse("/ws")).ToString());
    }

    [Theory]
    [InlineData("/ip4/1.2.3.4/tcp/5", "1.2.3.4:5")]
    [InlineData("/ip6/::1/udp/5/quic-v1", "[::1]:5")]
    [InlineData("/ip4/1.2.3.4/tcp/5/ws/p2p/" + Id, "1.2.3.4:5")]
    [InlineData("/dns4/a.b/tcp/5", null)]
    [InlineData("/ip4/1.2.3.4", null)]
    [InlineData("/tcp/5", null)]
    [InlineData("/ip4/1.2.3.4/p2p/" + Id, null)]
    public void The_end_point(string text, string? endPoint)
    {
        Assert.Equal(endPoint is not null, Multiaddr.Parse(text).TryGetIpEndPoint(out var found));
        Assert.Equal(endPoint, found?.ToString());
    }

    [Theory]
    [InlineData("1.2.3.4:5", "/ip4/1.2.3.4/tcp/5")]
    [InlineData("[::ffff:1.2.3.4]:5", "/ip4/1.2.3.4/tcp/5")]
    [InlineData("[2001:db8::1]:5", "/ip6/2001:db8::1/tcp/5")]
    public void From_an_end_point(string endPoint, string text) =>
        Assert.Equal(text, Multiaddr.FromEndPoint(IPEndPoint.Parse(endPoint)).ToString());

    [Fact]
    public void Parts()
    {
        var address = Multiaddr.Parse("/ip4/1.2.3.4/tcp/5/ws");

        Assert.Equal([(MultiaddrCode.Ip4, "1.2.3.4"), (MultiaddrCode.Tcp, "5"), (MultiaddrCode.Ws, "")], address.Parts.Select(part => (part.Code, part.Text)));
        Assert.True(address.Has(MultiaddrCode.Ws));
        Assert.False(address.Has(MultiaddrCode.Udp));
    }
}
