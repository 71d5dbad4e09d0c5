using System.Buffers;
using Betar.Libp2p.Protobuf;
using Betar.Tests.Shared;

namespace Betar.Libp2p.Tests.Protobuf;

public sealed class ProtoTests
{
    [Fact]
    public void Fields_are_written_in_the_order_of_the_calls_zeros_included()
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new ProtoWriter(output);
        writer.WriteBytes(2, [1, 2]);
        writer.WriteVarint(1, 0);
        writer.WriteString(16, "é");
        var inner = new ArrayBufferWriter<byte>();
        new ProtoWriter(inner).WriteVarint(1, ulong.MaxValue);
        writer.WriteMessage(3, inner);

        Assert.Equal("12020102" + "0800" + "820102c3a9" + "1a0b08ffffffffffffffffff01", Convert.ToHexStringLower(output.WrittenSpan));
    }

    [Fact]
    public void Every_wire_type_is_read_or_skipped()
    {
        var reader = new ProtoReader(Convert.FromHexString("0896011202c3a91d0102030421010203040506070828ffffffffffffffffff01"));

        Assert.True(reader.TryReadTag(out var field, out var type));
        Assert.Equal((1, WireType.Varint), (field, type));
        Assert.True(reader.TryReadVarint(out var number));
        Assert.Equal(150ul, number);
        Assert.True(reader.TryReadTag(out field, out type));
        Assert.Equal((2, WireType.Bytes), (field, type));
        Assert.True(reader.TryReadString(2, out var text));
        Assert.Equal("é", text);
        Assert.True(reader.TryReadTag(out field, out type));
        Assert.Equal((3, WireType.Fixed32), (field, type));
        Assert.True(reader.TrySkip(type));
        Assert.True(reader.TryReadTag(out field, out type));
        Assert.Equal((4, WireType.Fixed64), (field, type));
        Assert.True(reader.TrySkip(type));
        Assert.True(reader.TryReadTag(out _, out type));
        Assert.True(reader.TryReadVarint(out number));
        Assert.Equal(ulong.MaxValue, number);
        Assert.True(reader.End);
        Assert.False(reader.TryReadTag(out _, out _));
        Assert.False(reader.Failed);
    }

    [Theory]
    [InlineData("00")] // field 0
    [InlineData("0b")] // a group begins
    [InlineData("0c")] // a group ends
    [InlineData("0e")] // wire type 6
    [InlineData("0f")] // wire type 7
    [InlineData("08")] // a number is missing
    [InlineData("0880")] // half a number
    [InlineData("08ffffffffffffffffff02")] // 65 bits
    [InlineData("08ffffffffffffffffffff01")] // eleven bytes
    [InlineData("1203aabb")] // shorter than it says
    [InlineData("12ffffffffffffffffff01")] // a length beyond everything
    [InlineData("12ffffffff07")]
    [InlineData("1d010203")]
    [InlineData("2101020304050607")]
    [InlineData("8080808010" + "01")] // a field beyond 2^29 - 1
    public void A_fault_ends_the_reading(string hex)
    {
        var reader = new ProtoReader(Convert.FromHexString(hex));
        while (reader.TryReadTag(out _, out var type))
            reader.TrySkip(type);

        Assert.True(reader.Failed);
        Assert.True(reader.End);
        Assert.False(reader.TryReadVarint(out _));
        Assert.False(reader.TryReadBytes(out _));
        Assert.False(reader.TryReadTag(out _, out _));
    }

    [Theory]
    [InlineData("02c328")] // not UTF-8
    [InlineData("03616263")] // longer than allowed
    public void Text_that_is_none_or_too_long_is_a_fault(string hex)
    {
        var reader = new ProtoReader(Convert.FromHexString(hex));
        Assert.False(reader.TryReadString(2, out var text));
        Assert.Empty(text);
        Assert.True(reader.Failed);
    }

    [Fact]
    public void The_caller_may_find_a_fault()
    {
        var reader = new ProtoReader([8, 1, 8, 2]);
        Assert.True(reader.TryReadTag(out _, out _));
        Assert.False(reader.Fail());
        Assert.False(reader.TryReadTag(out _, out _));
        Assert.True(reader.Failed);
    }

    [Fact]
    public void Reading_allocates_nothing()
    {
        var message = Convert.FromHexString("0896011202c3a91d010203042101020304050607");

        Assert.Equal(0, Allocations.LeastOf(() => Read(message)));
    }

    [Fact]
    public void Random_bytes_always_come_to_an_end()
    {
        var random = new Random(TestSeed.Value);
        var failed = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = new byte[random.Next(40)];
            random.NextBytes(bytes);
            failed += Read(bytes) ? 0 : 1;
        }

        Assert.InRange(failed, 1, 19_999);
    }

    private static bool Read(byte[] message)
    {
        var reader = new ProtoReader(message);
        var fields = 0;
        while (reader.TryReadTag(out _, out var type) && ++fields <= message.Length)
            reader.TrySkip(type);
        return !reader.Failed;
    }
}
