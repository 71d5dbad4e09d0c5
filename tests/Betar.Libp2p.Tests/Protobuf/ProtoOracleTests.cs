using System.Buffers;
using System.Numerics;
using Betar.Libp2p.Protobuf;
using Betar.Tests.Shared;

namespace Betar.Libp2p.Tests.Protobuf;

/// <summary>The reader against a slow one that is written another way: big numbers, copies, exceptions.</summary>
public sealed class ProtoOracleTests
{
    [Fact]
    public void Whatever_the_bytes_are_both_readers_see_the_same() => Assert.All(Enumerable.Range(0, 3000), round =>
    {
        var random = new Random(TestSeed.Value + round);
        var message = Message(random);
        for (var change = random.Next(4); change > 0 && message.Length > 0; change--)
            message[random.Next(message.Length)] = (byte)random.Next(256);
        if (random.Next(4) == 0)
            message = message[..random.Next(message.Length + 1)];

        var expected = Slow(message);

        var seen = new List<string>();
        var reader = new ProtoReader(message);
        while (reader.TryReadTag(out var field, out var type))
        {
            if (type == WireType.Varint && reader.TryReadVarint(out var number))
                seen.Add($"{field}={number}");
            else if (type == WireType.Bytes && reader.TryReadBytes(out var bytes))
                seen.Add($"{field}:{Convert.ToHexString(bytes)}");
            else if (type is WireType.Fixed32 or WireType.Fixed64 && reader.TrySkip(type))
                seen.Add($"{field}~{type}");
        }

        Assert.True(
            expected.Failed == reader.Failed && expected.Fields.SequenceEqual(seen),
            $"seed {TestSeed.Value}, round {round}, {Convert.ToHexString(message)}: {string.Join(' ', seen)} instead of {string.Join(' ', expected.Fields)}");
    });

    /// <summary>Ten bytes hold 70 bits: what is beyond 64 is a fault, and nothing of it is cut off in silence.</summary>
    [Theory]
    [InlineData("ffffffffffffffffff01", ulong.MaxValue, true)]
    [InlineData("80808080808080808001", 1ul << 63, true)]
    [InlineData("ffffffffffffffffff02", 0ul, false)]
    [InlineData("ffffffffffffffffff7f", 0ul, false)]
    [InlineData("ffffffffffffffffff8100", 0ul, false)]
    [InlineData("80808080808080808000", 0ul, true)]
    [InlineData("8000", 0ul, true)]
    [InlineData("", 0ul, false)]
    [InlineData("80", 0ul, false)]
    public void Numbers_have_64_bits(string hex, ulong number, bool good)
    {
        var reader = new ProtoReader(Convert.FromHexString(hex));
        Assert.Equal(good, reader.TryReadVarint(out var read));
        Assert.Equal((number, !good), (read, reader.Failed));
    }

    [Theory]
    [InlineData("00", false)] // field 0
    [InlineData("08", true)]
    [InlineData("0b", false)] // the beginning of a group
    [InlineData("0c", false)] // its end
    [InlineData("0e", false)]
    [InlineData("0f", false)]
    [InlineData("f8ffffff0f", true)] // the greatest field
    [InlineData("8080808010", false)] // one more
    public void Fields_and_wire_types_have_their_range(string hex, bool good)
    {
        var reader = new ProtoReader(Convert.FromHexString(hex));
        Assert.Equal(good, reader.TryReadTag(out _, out _));
        Assert.Equal(!good, reader.Failed);
    }

    [Theory]
    [InlineData("01aa", 1, true)]
    [InlineData("02aa", 0, false)]
    [InlineData("00", 0, true)]
    [InlineData("ffffffff0f", 0, false)]
    [InlineData("ffffffffffffffff7f", 0, false)]
    [InlineData("ffffffffffffffffff01", 0, false)]
    public void A_length_is_never_beyond_the_end(string hex, int length, bool good)
    {
        var reader = new ProtoReader(Convert.FromHexString(hex));
        Assert.Equal(good, reader.TryReadBytes(out var bytes));
        Assert.Equal(length, bytes.Length);
    }

    [Fact]
    public void After_a_fault_nothing_more_is_read()
    {
        var reader = new ProtoReader([0x08, 0x01, 0x08, 0x02]);
        Assert.True(reader.TryReadTag(out _, out _));
        reader.Fail();
        Assert.False(reader.TryReadVarint(out _));
        Assert.False(reader.TryReadBytes(out _));
        Assert.False(reader.TryReadTag(out _, out _));
        Assert.False(reader.TrySkip(WireType.Fixed32));
        Assert.True(reader.End);
    }

    private static byte[] Message(Random random)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new ProtoWriter(output);
        for (var fields = random.Next(6); fields > 0; fields--)
        {
            var field = random.Next(3) == 0 ? random.Next(1, 1 << 29) : random.Next(1, 20);
            switch (random.Next(3))
            {
                case 0:
                    writer.WriteVarint(field, (ulong)random.NextInt64() >> random.Next(64));
                    break;
                case 1:
                    var bytes = new byte[random.Next(random.Next(10) == 0 ? 300 : 10)];
                    random.NextBytes(bytes);
                    writer.WriteBytes(field, bytes);
                    break;
                default:
                    var wide = random.Next(2) == 0;
                    output.Write([.. Slow(((ulong)field << 3) + (wide ? 1u : 5u)), .. new byte[wide ? 8 : 4]]);
                    break;
            }
        }

        return output.WrittenSpan.ToArray();
    }

    private static byte[] Slow(BigInteger number)
    {
        List<byte> bytes = [];
        for (; number >= 128; number /= 128)
            bytes.Add((byte)((int)(number % 128) + 128));
        return [.. bytes, (byte)number];
    }

    private static (bool Failed, List<string> Fields) Slow(byte[] message)
    {
        var fields = new List<string>();
        var rest = new Queue<byte>(message);
        try
        {
            while (rest.Count > 0)
            {
                var tag = Number(rest);
                var field = tag / 8;
                if (field < 1 || field >= BigInteger.Pow(2, 29))
                    return (true, fields);
                switch ((int)(tag % 8))
                {
                    case 0:
                        fields.Add($"{field}={Number(rest)}");
                        break;
                    case 1:
                        Take(rest, 8);
                        fields.Add($"{field}~{WireType.Fixed64}");
                        break;
                    case 2:
                        fields.Add($"{field}:{Convert.ToHexString(Take(rest, Number(rest)))}");
                        break;
                    case 5:
                        Take(rest, 4);
                        fields.Add($"{field}~{WireType.Fixed32}");
                        break;
                    default:
                        return (true, fields);
                }
            }

            return (false, fields);
        }
        catch (EndOfStreamException)
        {
            return (true, fields);
        }
    }

    private static BigInteger Number(Queue<byte> rest)
    {
        BigInteger number = 0;
        for (var i = 0; i < 10; i++)
        {
            var part = Take(rest, 1)[0];
            number += BigInteger.Pow(128, i) * (part % 128);
            if (part < 128)
                return number < BigInteger.Pow(2, 64) ? number : throw new EndOfStreamException();
        }

        throw new EndOfStreamException();
    }

    private static byte[] Take(Queue<byte> rest, BigInteger count) =>
        count <= rest.Count ? [.. Enumerable.Range(0, (int)count).Select(_ => rest.Dequeue())] : throw new EndOfStreamException();
}
