using System.Buffers;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Protobuf;
using Betar.Marketplace.Replication.Wire;
using Betar.Marketplace.Tests.Replication.Support;

namespace Betar.Marketplace.Tests.Replication.Wire;

public sealed class CodecTests
{
    private static readonly NodeId Some = NodeId.Of("some"u8);

    [Fact]
    public void A_delta_comes_back()
    {
        var delta = new Delta([DeltaElement.Put("/agents/a", Forge.Bytes("one")), DeltaElement.Put("/agents/b", default)], [DeltaElement.Tombstone("/agents/a", Some)], 7);

        var again = DeltaCodec.Decode(DeltaCodec.Encode(delta))!;

        Assert.Equal(delta.Priority, again.Priority);
        Assert.Equal(["/agents/a=one", "/agents/b="], again.Elements.Select(element => $"{element.Key}={Forge.Text(element.Value)}"));
        Assert.Equal(("/agents/a", Some.ToBlockKey()), (again.Tombstones[0].Key, again.Tombstones[0].Id));
    }

    [Fact]
    public void Fields_of_newer_peers_are_passed_over()
    {
        var writer = new ArrayBufferWriter<byte>();
        writer.Write(DeltaCodec.Encode(new Delta([DeltaElement.Put("/agents/a", Forge.Bytes("one"))], [], 3)));
        new ProtoWriter(writer).WriteString(4, "marketplace");
        new ProtoWriter(writer).WriteVarint(9, 1);

        var delta = DeltaCodec.Decode(writer.WrittenMemory)!;

        Assert.Equal((3UL, 1), (delta.Priority, delta.Elements.Count));
    }

    [Fact]
    public void Known_fields_of_another_type_are_passed_over_as_the_original_does()
    {
        var writer = new ArrayBufferWriter<byte>();
        new ProtoWriter(writer).WriteVarint(1, 5);
        new ProtoWriter(writer).WriteString(3, "high");

        var delta = DeltaCodec.Decode(writer.WrittenMemory)!;

        Assert.Equal((0, 0UL), (delta.Elements.Count, delta.Priority));
    }

    [Theory]
    [InlineData("0a")]
    [InlineData("0a05")]
    [InlineData("0a030a01ff")]
    [InlineData("18")]
    [InlineData("07")]
    public void Broken_deltas_are_not_read(string hex) => Assert.Null(DeltaCodec.Decode(Convert.FromHexString(hex)));

    [Fact]
    public void A_delta_with_too_many_parts_is_not_read()
    {
        Assert.NotNull(DeltaCodec.Decode(Parts(DeltaCodec.MostParts)));
        Assert.Null(DeltaCodec.Decode(Parts(DeltaCodec.MostParts + 1)));

        static byte[] Parts(int count) => [.. Enumerable.Repeat<byte[]>([0x0a, 0x00], count).SelectMany(part => part)];
    }

    [Fact]
    public void An_element_is_no_longer_than_its_size_says()
    {
        var long1 = new string('k', 500);
        var one = DeltaCodec.Encode(new Delta([DeltaElement.Put(long1, new byte[70_000])], [], ulong.MaxValue));

        Assert.InRange(one.Length, 70_500, DeltaCodec.SizeOf(long1, 70_000));
    }

    [Fact]
    public void Values_point_into_the_bytes_that_were_read()
    {
        var bytes = DeltaCodec.Encode(new Delta([DeltaElement.Put("/agents/a", Forge.Bytes("one"))], [], 1));

        Assert.True(bytes.AsSpan().Overlaps(DeltaCodec.Decode(bytes)!.Elements[0].Value.Span));
    }

    [Fact]
    public void A_node_that_is_no_dag_pb_has_no_links_and_no_delta()
    {
        var node = NodeCodec.Decode("nonsense"u8.ToArray());

        Assert.Null(node.Delta);
        Assert.Empty(node.Parents);
        Assert.Equal(NodeId.Of("nonsense"u8), node.Id);
    }

    [Fact]
    public void A_node_whose_delta_is_broken_keeps_its_links()
    {
        var bytes = Convert.FromHexString("122a0a2401701220" + Convert.ToHexString(Some.ToBytes()) + "120018000a010a");

        var node = NodeCodec.Decode(bytes);

        Assert.Equal([Some], node.Parents);
        Assert.Null(node.Delta);
    }

    [Fact]
    public void Links_to_what_cannot_be_a_node_count_and_lead_nowhere()
    {
        var raw = Cid.Create(CidCodec.Raw, Multihash.Sha256("x"u8));
        var bytes = Betar.Blocks.Dag.DagPb.Encode(new([new(raw), new(Some.ToCid()), new(Some.ToCid())], new byte[] { 0x18, 1 }));

        var node = NodeCodec.Decode(bytes);

        Assert.Equal([Some], node.Parents);
        Assert.Equal(3, node.LinkCount);
    }

    [Fact]
    public void Broadcasts_come_back_and_heads_of_newer_peers_are_read()
    {
        var head = new ArrayBufferWriter<byte>();
        new ProtoWriter(head).WriteBytes(1, Some.ToCid().Bytes.Span);
        new ProtoWriter(head).WriteString(2, "marketplace");
        var message = new ArrayBufferWriter<byte>();
        new ProtoWriter(message).WriteMessage(1, head);

        Assert.Equal([Some], HeadsCodec.Decode(message.WrittenSpan, 16));
        Assert.Equal([Some], HeadsCodec.Decode(HeadsCodec.Encode([Some]), 16));
        Assert.Empty(HeadsCodec.Decode([], 16)!);
    }

    [Fact]
    public void A_head_that_is_told_twice_is_one() => Assert.Equal([Some], HeadsCodec.Decode(HeadsCodec.Encode([Some, Some]), 16));

    [Fact]
    public void No_field_but_heads_stands_at_the_top_of_what_we_tell()
    {
        var reader = new ProtoReader(HeadsCodec.Encode([Some, NodeId.Of("other"u8)]));
        while (reader.TryReadTag(out var field, out var type))
        {
            Assert.Equal((1, WireType.Bytes), (field, type));
            reader.TrySkip(type);
        }

        Assert.False(reader.Failed);
    }

    [Fact]
    public void Too_many_heads_are_no_broadcast()
    {
        var heads = Enumerable.Range(0, 17).Select(i => NodeId.Of([(byte)i])).ToList();

        Assert.Null(HeadsCodec.Decode(HeadsCodec.Encode(heads), 16));
        Assert.Equal(16, HeadsCodec.Decode(HeadsCodec.Encode(heads[1..]), 16)!.Count);
    }

    [Theory]
    [InlineData("0a")]
    [InlineData("0a020a00")]
    [InlineData("0a040a02ffff")]
    [InlineData("ff")]
    public void Broken_broadcasts_are_refused(string hex) => Assert.Null(HeadsCodec.Decode(Convert.FromHexString(hex), 16));

    [Fact]
    public void A_head_that_cannot_be_a_node_is_left_out()
    {
        var raw = Cid.Create(CidCodec.Raw, Multihash.Sha256("x"u8));

        Assert.Empty(HeadsCodec.Decode(raw.Bytes.Span, 16)!);
    }
}
