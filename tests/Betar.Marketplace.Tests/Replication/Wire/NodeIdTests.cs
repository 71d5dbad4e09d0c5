using Betar.Libp2p.Multiformats;
using Betar.Marketplace.Replication.Wire;

namespace Betar.Marketplace.Tests.Replication.Wire;

public sealed class NodeIdTests
{
    private static readonly NodeId Some = NodeId.Of("some"u8);

    [Fact]
    public void It_comes_back_from_bytes_cid_and_block_key()
    {
        Assert.Equal(Some, NodeId.Read(Some.ToBytes()));
        Assert.True(NodeId.TryFrom(Some.ToCid(), out var byCid));
        Assert.True(NodeId.TryParseBlockKey(Some.ToBlockKey(), out var byKey));
        Assert.Equal((Some, Some), (byCid, byKey));
    }

    [Fact]
    public void The_order_is_that_of_the_cids_bytes()
    {
        var ids = Enumerable.Range(0, 64).Select(i => NodeId.Of(BitConverter.GetBytes(i))).ToList();

        Assert.Equal(ids.OrderBy(id => Convert.ToHexString(id.ToCid().Bytes.Span), StringComparer.Ordinal), ids.Order());
        Assert.True(ids.Min() < ids.Max() && ids.Max() > ids.Min() && ids.Min() <= ids.Min() && ids.Max() >= ids.Max());
    }

    [Fact]
    public void Cids_of_other_kinds_name_no_node()
    {
        Assert.False(NodeId.TryFrom(Cid.Create(CidCodec.Raw, Some.ToCid().Hash), out _));
        Assert.False(NodeId.TryFrom(Cid.Create(CidCodec.DagPb, Multihash.Create(MultihashCode.Identity, "x"u8)), out _));
    }

    [Fact]
    public void A_cid_of_version_0_names_the_same_node()
    {
        Assert.True(NodeId.TryFrom(Cid.CreateVersion0(Some.ToCid().Hash), out var id));
        Assert.Equal(Some, id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/CIQ")]
    [InlineData("CIQNUIV4MNFFKQWCU64O3GX435WEN6YBXIH5MW2IWP5N4BAYRXTA34I")]
    [InlineData("/ciqnuiv4mnffkqwcu64o3gx435wen6ybxih5mw2iwp5n4bayrxta34i")]
    [InlineData("/CIQNUIV4MNFFKQWCU64O3GX435WEN6YBXIH5MW2IWP5N4BAYRXTA34J")]
    [InlineData("/CIQNUIV4MNFFKQWCU64O3GX435WEN6YBXIH5MW2IWP5N4BAYRXTA34IA")]
    [InlineData("/AIQNUIV4MNFFKQWCU64O3GX435WEN6YBXIH5MW2IWP5N4BAYRXTA34I")]
    [InlineData("/CIQNUIV4MNFFKQWCU64O3GX435WEN6YBXIH5MW2IWP5N4BAYRXTA341")]
    public void Other_spellings_are_no_block_keys(string text) => Assert.False(NodeId.TryParseBlockKey(text, out _));

    [Fact]
    public void Its_text_is_the_cid() => Assert.Equal(Some.ToCid().ToString(), Some.ToString());
}
