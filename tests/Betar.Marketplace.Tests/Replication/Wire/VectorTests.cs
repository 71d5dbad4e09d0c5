using Betar.Libp2p.Multiformats;
using Betar.Marketplace.Listings;
using Betar.Marketplace.Replication.Wire;
using Betar.Marketplace.Tests.Replication.Support;

namespace Betar.Marketplace.Tests.Replication.Wire;

/// <summary>Bytes that other implementations were seen to make.</summary>
public sealed class VectorTests
{
    private const string FirstBlock = "0a140a100a0a2f6167656e74732f65411a027b7d1801";
    private const string FirstKey = "/CIQNUIV4MNFFKQWCU64O3GX435WEN6YBXIH5MW2IWP5N4BAYRXTA34I";

    [Fact]
    public void The_first_write_of_a_fresh_replica()
    {
        var delta = new Delta([DeltaElement.Put("/agents/eA", "{}"u8.ToArray())], [], 1);
        var node = NodeCodec.Decode(NodeCodec.Encode([], delta));

        Assert.Equal("0a100a0a2f6167656e74732f65411a027b7d1801", Hex(DeltaCodec.Encode(delta)));
        Assert.Equal(FirstBlock, Hex(node.Data.Span));
        Assert.Equal("bafybeig2ek6ggssvilbkpohntl6n63cg7ma3ud6wlnelh6w6aqmi3zqn6e", node.Id.ToCid().ToString());
        Assert.Equal(FirstKey, node.Id.ToBlockKey());
        Assert.Equal("0a260a2401701220da22bc634a5542c2a7b8ed9afcdf6c46fb01ba0fd65b48b3fade04188de60df1", Hex(HeadsCodec.Encode([node.Id])));
    }

    [Fact]
    public void The_delete_that_follows_it()
    {
        var first = NodeCodec.Decode(Convert.FromHexString(FirstBlock));
        var delta = new Delta([], [DeltaElement.Tombstone("/agents/eA", first.Id)], 2);
        var bytes = NodeCodec.Encode([first.Id], delta);

        Assert.Equal(
            "12460a0a2f6167656e74732f654112382f4349514e554956344d4e46464b5157435536344f33475834333557454e365942584948354d5732495750354e34424159525854413334491802",
            Hex(DeltaCodec.Encode(delta)));
        Assert.Equal("122a0a2401701220da22bc634a5542c2a7b8ed9afcdf6c46fb01ba0fd65b48b3fade04188de60df1120018000a4a" + Hex(DeltaCodec.Encode(delta)), Hex(bytes));
        Assert.Equal("bafybeiesgdpfogeghc67xp2ll2zblyqvpdacsv3qfly4q5xqd6uhoczr34", NodeId.Of(bytes).ToCid().ToString());
        Assert.Equal([first.Id], NodeCodec.Decode(bytes).Parents);
    }

    [Fact]
    public void A_listing_as_the_original_writes_it()
    {
        const string Value = """{"id":"did:key:z6Mkn9pM6KKYq36caNdECnb2viGjjru7vU5F8sts9bNcmYQV","name":"math-agent","price":0.001,"metadata":"bafybeiggmpyfg4rsgnqoeemmowrcqbas2cy7tikire2juvdj5kt6bft3ii","sellerId":"12D3KooWA4Xop1JaT3MHxwYMkCepYsv4iPVopMXwCz5iHYdBfeSB","addrs":["/ip4/192.168.1.5/tcp/4001","/ip4/192.168.1.5/udp/4001/quic-v1"],"protocols":["/x402/libp2p/1.0.0"],"timestamp":1775000000}""";
        var key = ListingKey.Of("did:key:z6Mkn9pM6KKYq36caNdECnb2viGjjru7vU5F8sts9bNcmYQV");
        var delta = new Delta([DeltaElement.Put(key, Forge.Bytes(Value))], [], 1);
        var bytes = NodeCodec.Encode([], delta);

        Assert.Equal((83, 463, 466), (key.Length, DeltaCodec.Encode(delta).Length, bytes.Length));
        Assert.Equal("bafybeigdgmy3akfxfqzxordy4vbm6rgqog3jr53oyqqauwu7rwqaeo3vbu", NodeId.Of(bytes).ToCid().ToString());
    }

    [Fact]
    public void A_node_with_one_link()
    {
        var parent = NodeId.Of(Convert.FromHexString("0a0b68656c6c6f20776f726c64"));
        var bytes = NodeCodec.Encode([parent], new Delta([DeltaElement.Put("/agents/YQ", "v"u8.ToArray())], [], 2));

        Assert.Equal(
            "122a0a2401701220543aa6f6b9a533c8bf80568090cdf24b693aaa2f9b574a33784d8462fdc5579c120018000a130a0f0a0a2f6167656e74732f59511a01761802", Hex(bytes));
        Assert.Equal("bafybeiahkb7jkjjbillak5kwwu4kwhhffzc2pbe2dkl2s4lxtkyrxykax4", NodeId.Of(bytes).ToCid().ToString());
        Assert.Equal("/CIQAOUD6SUSSCQWWAV2VNNJYVMOOKLSFU6CJUGUXVFYXPGVRDPQUBPY", NodeId.Of(bytes).ToBlockKey());
        Assert.Equal("0a260a240170122007507e95252142d6057556b538ab1ce52e45a7849a1a97a971779ab11be140bf", Hex(HeadsCodec.Encode([NodeId.Of(bytes)])));
    }

    [Fact]
    public void A_bare_cid_is_a_broadcast_of_one_head()
    {
        Assert.True(Cid.TryParse("bafybeiahkb7jkjjbillak5kwwu4kwhhffzc2pbe2dkl2s4lxtkyrxykax4", out var cid));

        Assert.Equal(cid, Assert.Single(HeadsCodec.Decode(cid.Bytes.Span, 16)!).ToCid());
    }

    private static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);
}
