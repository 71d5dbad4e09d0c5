using Betar.Blocks.Dag;
using Betar.Libp2p.Multiformats;

namespace Betar.Blocks.Tests.Dag;

public sealed class DagPbTests
{
    private const string Cid36 = "01701220543aa6f6b9a533c8bf80568090cdf24b693aaa2f9b574a33784d8462fdc5579c";
    private const string Hash = "0a24" + Cid36;
    private const string Link = "122a" + Hash + "12001800";

    private static readonly Cid Target = Decode(Cid36);

    /// <summary>The original's reader takes these, so honest peers may build on them.</summary>
    [Theory]
    [InlineData("0a0161" + Link, 1)] // data first
    [InlineData("1226" + Hash, 1)] // neither name nor size
    [InlineData("1228" + Hash + "1200", 1)] // no size
    [InlineData("1228" + Hash + "1800", 1)] // no name
    [InlineData("12ab00" + Hash + "1200188000", 1)] // useless zeros
    [InlineData("1228" + "0a26" + Cid36 + "ffff", 1)] // bytes behind the CID
    [InlineData(Link + "0a00", 1)] // empty data, which is not the canonical spelling of no data, but one of empty data
    public void What_the_original_takes_is_taken(string hex, int links)
    {
        Assert.True(DagPb.TryDecode(Convert.FromHexString(hex), out var node));
        Assert.Equal(links, node.Links.Count);
        Assert.All(node.Links, link => Assert.Equal(new DagLink(Target), link));
    }

    [Theory]
    [InlineData("0a0161" + Link)]
    [InlineData("1226" + Hash)]
    [InlineData("12ab00" + Hash + "1200188000")]
    [InlineData("1228" + "0a26" + Cid36 + "ffff")]
    [InlineData("122b" + Hash + "12016218001" + "22b" + Hash + "1201611800")] // b before a
    [InlineData("122b" + Hash + "1201ff1800")] // a name that is no text
    public void Strict_reading_refuses_what_is_written_otherwise(string hex)
    {
        var bytes = Convert.FromHexString(hex);
        Assert.True(DagPb.TryDecode(bytes, out _));
        Assert.False(DagPb.TryDecodeStrict(bytes, out var node));
        Assert.Null(node);
    }

    [Theory]
    [InlineData("0a01610a0162")] // data twice
    [InlineData("0a000a00")]
    [InlineData(Link + "0a0161" + Link)] // links, data, links
    [InlineData("1a00")] // a field that there is not
    [InlineData("0801")] // data as a number
    [InlineData("1001")] // links as a number
    [InlineData("0a0261")] // cut off
    [InlineData("0a")]
    [InlineData("00")]
    [InlineData("0a0161ff")] // something behind it
    [InlineData("1200")] // a link without anything
    [InlineData("1202" + "1200")] // a link without a hash
    [InlineData("1202" + "1800")]
    [InlineData("1228" + "1200" + Hash)] // name before hash
    [InlineData("1228" + "1800" + Hash)] // size before hash
    [InlineData("122a" + Hash + "18001200")] // size before name
    [InlineData("124c" + Hash + Hash)] // hash twice
    [InlineData("122a" + Hash + "12001200")] // name twice
    [InlineData("122a" + Hash + "18001800")] // size twice
    [InlineData("1228" + Hash + "2200")] // a field that links have not
    [InlineData("1228" + Hash + "1001")] // name as a number
    [InlineData("1228" + Hash + "1a00")] // size as bytes
    [InlineData("1202" + "0801")] // hash as a number
    [InlineData("1202" + "0a00")] // an empty CID
    [InlineData("1204" + "0a020270")] // version 2
    [InlineData("1206" + "0a0401701220")] // a digest that is not there
    [InlineData("1205" + "0a031220aa")] // a bare hash, cut off
    [InlineData("1229" + "0a2401" + "f000" + "1220543aa6f6b9a533c8bf80568090cdf24b693aaa2f9b574a33784d8462fdc557" + "1200")] // a codec with a useless zero
    public void Everything_else_is_refused(string hex)
    {
        Assert.False(DagPb.TryDecode(Convert.FromHexString(hex), out var node));
        Assert.Null(node);
    }

    [Theory]
    [InlineData("01701214" + "543aa6f6b9a533c8bf80568090cdf24b693aaa2f")] // a SHA-256 of 20 bytes
    [InlineData("01701340" + "543aa6f6b9a533c8bf80568090cdf24b693aaa2f543aa6f6b9a533c8bf80568090cdf24b693aaa2f543aa6f6b9a533c8bf80568090cdf24b693aaa2faabbccdd")]
    public void A_link_to_what_cannot_be_is_left_out_if_the_original_would_read_on(string cid)
    {
        var length = cid.Length / 2;
        var hex = Link + $"12{length + 2:x2}0a{length:x2}{cid}" + "0a0161";

        Assert.True(DagPb.TryDecode(Convert.FromHexString(hex), out var node));

        Assert.Equal([new DagLink(Target)], node.Links.Take(1));
        Assert.Equal(node.Links.Count == 1 ? 1 : 0, node.DeadLinks);
        Assert.Equal(2, node.Links.Count + node.DeadLinks);
        Assert.Equal("a"u8.ToArray(), node.Data!.Value.ToArray());
    }

    [Fact]
    public void A_node_with_a_dead_link_is_not_strictly_good()
    {
        var bytes = Convert.FromHexString("121a" + "0a18" + "01701214" + "543aa6f6b9a533c8bf80568090cdf24b693aaa2f");
        Assert.True(DagPb.TryDecode(bytes, out var node));
        Assert.Equal((0, 1), (node.Links.Count, node.DeadLinks));
        Assert.False(DagPb.TryDecodeStrict(bytes, out _));
    }

    [Fact]
    public void Links_are_counted_while_they_are_read()
    {
        var bytes = DagPb.Encode(new DagNode([.. Enumerable.Repeat(new DagLink(Target), 5)], null));

        Assert.True(DagPb.TryDecode(bytes, out _, maxLinks: 5));
        Assert.False(DagPb.TryDecode(bytes, out _, maxLinks: 4));
        Assert.False(DagPb.TryDecodeStrict(bytes, out _, maxLinks: 4));
    }

    [Fact]
    public void Dead_links_count_too()
    {
        var dead = Convert.FromHexString("121a" + "0a18" + "01701214" + "543aa6f6b9a533c8bf80568090cdf24b693aaa2f");
        Assert.True(DagPb.TryDecode((byte[])[.. dead, .. dead], out _, maxLinks: 2));
        Assert.False(DagPb.TryDecode((byte[])[.. dead, .. dead], out _, maxLinks: 1));
        Assert.False(DagPb.TryDecode((byte[])[.. dead, 0x0a, 0x00, .. dead], out _));
    }

    [Fact]
    public void The_default_limit_holds()
    {
        var most = new DagNode([.. Enumerable.Repeat(new DagLink(Target), DagPb.DefaultMaxLinks)], null);
        Assert.True(DagPb.TryDecode(DagPb.Encode(most), out _));
        Assert.False(DagPb.TryDecode(DagPb.Encode(most with { Links = [.. most.Links, new DagLink(Target)] }), out _));
    }

    [Fact]
    public void Links_are_sorted_by_the_bytes_of_their_names_and_keep_their_order_otherwise()
    {
        DagLink[] links = [new(Target, "\U0001F600"), new(Target, "b", 1), new(Target, "\uFB01"), new(Target, "b", 0), new(Target, "aa"), new(Target)];

        Assert.True(DagPb.TryDecodeStrict(DagPb.Encode(new DagNode(links, null)), out var node));

        Assert.Equal([new(Target), new(Target, "aa"), new(Target, "b", 1), new(Target, "b", 0), new(Target, "\uFB01"), new(Target, "\U0001F600")], node.Links);
    }

    [Fact]
    public void No_data_and_empty_data_are_not_the_same()
    {
        Assert.Equal("", Convert.ToHexString(DagPb.Encode(new DagNode([], null))));
        Assert.Equal("0A00", Convert.ToHexString(DagPb.Encode(new DagNode([], ReadOnlyMemory<byte>.Empty))));
        Assert.True(DagPb.TryDecode(ReadOnlyMemory<byte>.Empty, out var none) && none.Data is null);
        Assert.True(DagPb.TryDecode(new byte[] { 0x0a, 0x00 }, out var empty) && empty.Data is { Length: 0 });
    }

    [Fact]
    public void Links_keep_names_of_version_0_and_of_other_hashes()
    {
        var zero = Cid.CreateVersion0(Target.Hash);
        var inline = Cid.Create(CidCodec.Raw, Multihash.Create(MultihashCode.Identity, "hi"u8));
        var unknown = Cid.Create((CidCodec)0x1234, Multihash.Create((MultihashCode)0xb220, new byte[32]));

        Assert.True(DagPb.TryDecodeStrict(DagPb.Encode(new DagNode([new(zero), new(inline), new(unknown)], null)), out var node));

        Assert.Equal([zero, inline, unknown], node.Links.Select(link => link.Cid));
    }

    private static Cid Decode(string hex) => Cid.TryDecode(Convert.FromHexString(hex), out var cid) ? cid : throw new FormatException(hex);
}
