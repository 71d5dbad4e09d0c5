using System.Text;
using Betar.Blocks.Dag;
using Betar.Libp2p.Multiformats;

namespace Betar.Blocks.Tests.Dag;

/// <summary>Bytes that others wrote.</summary>
public sealed class DagPbVectorTests
{
    private const string Hello = "0a0b68656c6c6f20776f726c64";
    private const string HelloCid = "bafybeicuhktpnonfgpel7acwqcim34slne5kul43k5fdg6cnqrrp3rkxtq";
    private const string FirstDelta = "0a100a0a2f6167656e74732f65411a027b7d1801";
    private const string FirstCid = "bafybeig2ek6ggssvilbkpohntl6n63cg7ma3ud6wlnelh6w6aqmi3zqn6e";

    private const string SecondDelta =
        "12460a0a2f6167656e74732f654112382f4349514e554956344d4e46464b5157435536344f33475834333557454e365942584948354d5732495750354e34424159525854413334491802";

    [Theory]
    [InlineData(Hello, HelloCid)]
    [InlineData(
        "122a0a2401701220543aa6f6b9a533c8bf80568090cdf24b693aaa2f9b574a33784d8462fdc5579c120018000a130a0f0a0a2f6167656e74732f59511a01761802",
        "bafybeiahkb7jkjjbillak5kwwu4kwhhffzc2pbe2dkl2s4lxtkyrxykax4")]
    [InlineData("0a14" + FirstDelta, FirstCid)]
    [InlineData(
        "122a0a2401701220da22bc634a5542c2a7b8ed9afcdf6c46fb01ba0fd65b48b3fade04188de60df1120018000a4a" + SecondDelta,
        "bafybeiesgdpfogeghc67xp2ll2zblyqvpdacsv3qfly4q5xqd6uhoczr34")]
    [InlineData("", "bafybeihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku")]
    public void A_node_that_others_wrote_is_read_and_written_again(string hex, string cid)
    {
        var bytes = Convert.FromHexString(hex);

        Assert.True(DagPb.TryDecodeStrict(bytes, out var node));

        Assert.Equal(hex, Convert.ToHexStringLower(DagPb.Encode(node)));
        Assert.Equal(cid, DagPb.ToBlock(node).Cid.ToString());
    }

    [Fact]
    public void The_first_write_of_a_replica_has_the_originals_bytes()
    {
        var block = DagPb.ToBlock(new DagNode([], Convert.FromHexString(FirstDelta)));

        Assert.Equal("0a14" + FirstDelta, Convert.ToHexStringLower(block.Data.Span));
        Assert.Equal(FirstCid, block.Cid.ToString());
        Assert.Equal("01701220da22bc634a5542c2a7b8ed9afcdf6c46fb01ba0fd65b48b3fade04188de60df1", Convert.ToHexStringLower(block.Cid.Bytes.Span));
    }

    [Fact]
    public void A_node_that_replaces_another_writes_the_empty_name_and_size_of_its_link()
    {
        var block = DagPb.ToBlock(new DagNode([new DagLink(Cid.Parse(FirstCid))], Convert.FromHexString(SecondDelta)));

        Assert.StartsWith("122a0a24", Convert.ToHexStringLower(block.Data.Span), StringComparison.Ordinal);
        Assert.Equal("bafybeiesgdpfogeghc67xp2ll2zblyqvpdacsv3qfly4q5xqd6uhoczr34", block.Cid.ToString());
    }

    [Fact]
    public void The_realistic_listing_of_the_original_has_its_name()
    {
        const string Key = "/agents/ZGlkOmtleTp6Nk1rbjlwTTZLS1lxMzZjYU5kRUNuYjJ2aUdqanJ1N3ZVNUY4c3RzOWJOY21ZUVY";
        const string Value =
            """{"id":"did:key:z6Mkn9pM6KKYq36caNdECnb2viGjjru7vU5F8sts9bNcmYQV","name":"math-agent","price":0.001,"metadata":"bafybeiggmpyfg4rsgnqoeemmowrcqbas2cy7tikire2juvdj5kt6bft3ii","sellerId":"12D3KooWA4Xop1JaT3MHxwYMkCepYsv4iPVopMXwCz5iHYdBfeSB","addrs":["/ip4/192.168.1.5/tcp/4001","/ip4/192.168.1.5/udp/4001/quic-v1"],"protocols":["/x402/libp2p/1.0.0"],"timestamp":1775000000}""";
        var element = new List<byte> { 0x0a, (byte)Key.Length };
        element.AddRange(Encoding.UTF8.GetBytes(Key));
        element.AddRange([0x1a, 0xf2, 0x02]);
        element.AddRange(Encoding.UTF8.GetBytes(Value));
        byte[] delta = [0x0a, (byte)(element.Count & 0x7f | 0x80), (byte)(element.Count >> 7), .. element, 0x18, 0x01];

        var block = DagPb.ToBlock(new DagNode([], delta));

        Assert.Equal((370, 463, 466), (Value.Length, delta.Length, block.Data.Length));
        Assert.Equal("bafybeigdgmy3akfxfqzxordy4vbm6rgqog3jr53oyqqauwu7rwqaeo3vbu", block.Cid.ToString());
    }

    [Fact]
    public void The_metadata_document_of_the_original_has_its_name()
    {
        var json =
            """{"type":"Agent","name":"math-agent","description":"Performs math tasks","services":[{"name":"math-agent","version":"1.0.0"}],"x402Support":true,"active":true}"""u8;

        var block = Assert.Single(UnixFsFile.Build(json.ToArray()));

        Assert.Equal(158, json.Length);
        var hex = Convert.ToHexStringLower(block.Data.Span);
        Assert.StartsWith("0aa6010802129e01", hex, StringComparison.Ordinal);
        Assert.EndsWith("189e01", hex, StringComparison.Ordinal);
        Assert.Equal("bafybeiggmpyfg4rsgnqoeemmowrcqbas2cy7tikire2juvdj5kt6bft3ii", block.Cid.ToString());
    }

    [Fact]
    public void An_empty_file_has_the_name_that_the_world_knows()
    {
        var block = Assert.Single(UnixFsFile.Build(ReadOnlyMemory<byte>.Empty));

        Assert.Equal("0a0408021800", Convert.ToHexStringLower(block.Data.Span));
        Assert.Equal("QmbFMke1KXqnYyBBWxB74N4c5SBnJMVAiMNRcGu6x1AwQH", Cid.CreateVersion0(block.Cid.Hash).ToString());
    }
}
