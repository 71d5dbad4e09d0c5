using Betar.Libp2p.Multiformats;
using Betar.Tests.Shared;

namespace Betar.Libp2p.Tests.Multiformats;

public sealed class CidTests
{
    private const string Rendezvous = "1220a0e32605a2f76b10ec73bd4a37b08d0aab1e2985e5455633bf5a0f3a7968237c";

    [Fact]
    public void The_rendezvous_of_the_marketplace()
    {
        var hash = Multihash.Sha256("betar/agent-marketplace"u8);

        Assert.Equal(Rendezvous, Convert.ToHexStringLower(hash.Bytes.Span));
        Assert.Equal("bafkreifa4mtalixxnmioy455ji33bdikvmpctbpfivldhp22b45hs2bdpq", Cid.Create(CidCodec.Raw, hash).ToString());
    }

    [Fact]
    public void A_node_of_a_graph() => Assert.Equal(
        "bafybeicuhktpnonfgpel7acwqcim34slne5kul43k5fdg6cnqrrp3rkxtq",
        Cid.Create(CidCodec.DagPb, Multihash.Sha256(Convert.FromHexString("0a0b68656c6c6f20776f726c64"))).ToString());

    [Theory]
    [InlineData("bafkreifa4mtalixxnmioy455ji33bdikvmpctbpfivldhp22b45hs2bdpq", 1, CidCodec.Raw)]
    [InlineData("bafybeicuhktpnonfgpel7acwqcim34slne5kul43k5fdg6cnqrrp3rkxtq", 1, CidCodec.DagPb)]
    [InlineData("bafybeiahkb7jkjjbillak5kwwu4kwhhffzc2pbe2dkl2s4lxtkyrxykax4", 1, CidCodec.DagPb)]
    [InlineData("QmdfTbBqBPQ7VNxZEYEj14VmRuZBkqFbiwReogJgS1zR1n", 0, CidCodec.DagPb)]
    public void Text_reads_back(string text, int version, CidCodec codec)
    {
        var cid = Cid.Parse(text);

        Assert.Equal((version, codec, MultihashCode.Sha2256), (cid.Version, cid.Codec, cid.Hash.Code));
        Assert.Equal(text, cid.ToString());
        Assert.True(Cid.TryDecode(cid.Bytes.Span, out var decoded));
        Assert.Equal(cid, decoded);
        Assert.Equal(cid.GetHashCode(), decoded.GetHashCode());
    }

    [Theory]
    [InlineData('b')]
    [InlineData('k')]
    [InlineData('z')]
    [InlineData('u')]
    public void Every_base_names_the_same_content(char prefix)
    {
        var cid = Cid.Parse("bafkreifa4mtalixxnmioy455ji33bdikvmpctbpfivldhp22b45hs2bdpq");

        Assert.Equal(cid, Cid.Parse(cid.ToString(prefix)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("01")]
    [InlineData("0155")]
    [InlineData("0255" + Rendezvous)]
    [InlineData("0055" + Rendezvous)]
    [InlineData("810055" + Rendezvous)]
    [InlineData("0155" + Rendezvous + "00")]
    [InlineData("01551220a0")]
    [InlineData("0155121fa0e32605a2f76b10ec73bd4a37b08d0aab1e2985e5455633bf5a0f3a796823")]
    [InlineData(Rendezvous + "00")]
    [InlineData("1340a0e32605a2f76b10ec73bd4a37b08d0aab1e2985e5455633bf5a0f3a7968237c")]
    public void Bytes_that_are_no_cid_are_refused(string hex) => Assert.False(Cid.TryDecode(Convert.FromHexString(hex), out _));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Qm")]
    [InlineData("QmdfTbBqBPQ7VNxZEYEj14VmRuZBkqFbiwReogJgS1zR1")]
    [InlineData("QmdfTbBqBPQ7VNxZEYEj14VmRuZBkqFbiwReogJgS1zR10")]
    [InlineData("bafkreifa4mtalixxnmioy455ji33bdikvmpctbpfivldhp22b45hs2bdp")]
    [InlineData("afkreifa4mtalixxnmioy455ji33bdikvmpctbpfivldhp22b45hs2bdpq")]
    public void Text_that_is_no_cid_is_refused(string? text) => Assert.False(Cid.TryParse(text, out _));

    [Fact]
    public void Version_0_has_no_second_spelling() =>
        Assert.False(Cid.TryParse(Multibase.Encode('b', Convert.FromHexString(Rendezvous)), out _));

    [Fact]
    public void Version_0_is_for_sha_256() =>
        Assert.Throws<ArgumentException>(() => Cid.CreateVersion0(Multihash.Create(MultihashCode.Identity, [1])));

    [Theory]
    [InlineData(MultihashCode.Sha2256, 31)]
    [InlineData(MultihashCode.Sha2512, 32)]
    [InlineData(MultihashCode.Identity, Multihash.MaxDigestLength + 1)]
    public void A_digest_has_the_length_of_its_function(MultihashCode code, int length)
    {
        Assert.Throws<ArgumentException>(() => Multihash.Create(code, new byte[length]));
        byte[] bytes = [(byte)code, .. length < 128 ? [(byte)length] : new byte[] { (byte)(length & 0x7F | 0x80), (byte)(length >> 7) }, .. new byte[length]];
        Assert.False(Multihash.TryDecode(bytes, out _));
    }

    [Fact]
    public void An_unknown_function_is_kept()
    {
        Assert.True(Multihash.TryDecode([0x1e, 0x02, 1, 2], out var hash));
        Assert.Equal((MultihashCode)0x1e, hash.Code);
        Assert.Equal(new byte[] { 1, 2 }, hash.Digest.ToArray());
    }

    [Fact]
    public void Random_bytes_are_refused_or_read_back()
    {
        var random = new Random(TestSeed.Value);
        var good = Cid.Parse("bafkreifa4mtalixxnmioy455ji33bdikvmpctbpfivldhp22b45hs2bdpq").Bytes.ToArray();
        for (var i = 0; i < 5_000; i++)
        {
            var bytes = good.AsSpan(0, random.Next(good.Length + 1)).ToArray();
            if (bytes.Length > 0)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            if (Cid.TryDecode(bytes, out var cid))
                Assert.Equal(cid, Cid.Parse(cid.ToString()));
        }
    }
}
