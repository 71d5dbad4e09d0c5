using Betar.Orleans.Embedded.Serialization;
using Orleans.Serialization;
using Orleans.Serialization.Session;
using Xunit.Abstractions;

namespace Betar.Orleans.Embedded.Tests.Serialization.Wire;

/// <summary>The layout of single fields, without any codec.</summary>
public sealed class WireTests(ITestOutputHelper output)
{
    private delegate T Read<out T>(ref WireReader reader, WireField field);

    [Theory]
    [InlineData(0UL, 1)]
    [InlineData(127UL, 1)]
    [InlineData(128UL, 2)]
    [InlineData(16383UL, 2)]
    [InlineData(16384UL, 3)]
    [InlineData(uint.MaxValue, 5)]
    [InlineData(ulong.MaxValue, 10)]
    public void Integers_take_seven_bits_a_byte(ulong value, int length)
    {
        var bytes = SerializerHost.Write(writer => writer.WriteVarUInt(value));
        Assert.Equal(length, bytes.Length);
        using var session = Session();
        var reader = new WireReader(bytes, session);
        Assert.Equal(value, reader.ReadVarUInt());
    }

    [Theory]
    [InlineData(0, "0000")]
    [InlineData(-1, "0001")]
    [InlineData(1, "0002")]
    [InlineData(63, "007E")]
    [InlineData(-64, "007F")]
    [InlineData(int.MinValue, "00FFFFFFFF0F")]
    public void Signed_integers_are_short_on_both_sides_of_zero(int value, string hex)
    {
        Assert.Equal(hex, Convert.ToHexString(SerializerHost.Write(writer => writer.WriteInt32(0, value))));
        Assert.Equal(hex, Convert.ToHexString(SerializerHost.Write(writer => writer.WriteInt64(0, value))));
    }

    [Theory]
    [InlineData(0u, 1)]
    [InlineData(14u, 1)]
    [InlineData(15u, 2)]
    [InlineData(15u + 127, 2)]
    [InlineData(15u + 128, 3)]
    [InlineData(uint.MaxValue, 6)]
    public void Distances_between_ids_take_what_they_need(uint delta, int length)
    {
        var bytes = SerializerHost.Write(writer => writer.WriteHeader(WireType.Bytes, delta));
        Assert.Equal(length, bytes.Length);
        using var session = Session();
        var reader = new WireReader(bytes, session);
        Assert.Equal(new WireField(WireType.Bytes, 0, -1), reader.ReadHeader(out var read));
        Assert.Equal(delta, read);
    }

    [Fact]
    public void Fields_are_laid_out_as_the_format_says()
    {
        Assert.Equal("2003616263", Layout(writer => writer.WriteString(0, "abc"), WireType.Bytes));
        Assert.Equal("C000", Convert.ToHexString(SerializerHost.Write(static writer => writer.WriteNull(0))));
        Assert.Equal("21" + "E0", Convert.ToHexString(SerializerHost.Write(static writer =>
        {
            writer.BeginObject(1);
            writer.EndObject();
        })));
        Assert.Equal("80000000000000F03F", Convert.ToHexString(SerializerHost.Write(static writer => writer.WriteDouble(0, 1))));
        Assert.Equal("600000803F", Convert.ToHexString(SerializerHost.Write(static writer => writer.WriteSingle(0, 1))));
        Assert.Equal("A001000000000000000000000000000000", Convert.ToHexString(SerializerHost.Write(static writer => writer.WriteFixed128(0, 1))));

        static string Layout(Action<WireWriter> write, WireType type)
        {
            var bytes = SerializerHost.Write(write);
            Assert.Equal(type, (WireType)(bytes[0] >> 5));
            bytes[0] = 0x20;
            return Convert.ToHexString(bytes);
        }
    }

    [Fact]
    public void A_type_is_named_once_and_then_pointed_at()
    {
        var bytes = SerializerHost.Write(static writer =>
        {
            writer.WriteTypeWithNextHeader(typeof(int));
            writer.WriteInt32(0, 1);
            writer.WriteTypeWithNextHeader(typeof(int));
            writer.WriteInt32(0, 2);
        });
        using var session = Session();
        var reader = new WireReader(bytes, session);
        var first = reader.ReadHeader(out _);
        Assert.Equal(1, reader.ReadInt32(first));
        var second = reader.ReadHeader(out _);
        Assert.Equal(first.TypeOffset, second.TypeOffset);
        Assert.Equal(typeof(int), reader.TypeOf(second, typeof(object)));
        Assert.Equal(2, reader.ReadInt32(second));
        Assert.Equal(0, reader.Remaining);
    }

    [Fact]
    public void A_null_does_not_take_the_type_meant_for_the_next_value()
    {
        var bytes = SerializerHost.Write(static writer =>
        {
            writer.WriteTypeWithNextHeader(typeof(int));
            writer.WriteNull(0);
            writer.WriteInt32(0, 5);
        });
        Assert.Equal("C0000A", Convert.ToHexString(bytes).Remove(4, 2));
    }

    [Theory]
    [InlineData(42)]
    [InlineData(43)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(600)]
    [InlineData(70_000)]
    public void Strings_at_the_edges_of_their_lengths(int length)
    {
        foreach (var character in new[] { 'a', 'é', '€' })
        {
            var text = new string(character, length);
            var bytes = SerializerHost.Write(writer => writer.WriteString(0, text));
            using var session = Session();
            var reader = new WireReader(bytes, session);
            Assert.Equal(text, reader.ReadString(reader.ReadHeader(out _)));
            Assert.Equal(0, reader.Remaining);
        }
    }

    [Fact]
    public void A_random_row_of_fields_is_read_or_skipped_alike()
    {
        var values = new RandomValues(RandomValues.NewSeed());
        output.WriteLine($"seed {values.Seed}");
        for (var round = 0; round < 200; round++)
        {
            var kinds = values.Many(() => values.Next(8), 40);
            var longs = kinds.Select(_ => values.Long()).ToArray();
            var bytes = SerializerHost.Write(writer =>
            {
                writer.BeginObject(0);
                for (var i = 0; i < kinds.Length; i++)
                    WriteOne(writer, kinds[i], longs[i]);
                writer.EndObject();
            });
            using var session = Session();
            var reader = new WireReader(bytes, session);
            reader.BeginObject(reader.ReadHeader(out _));
            uint id = 0;
            for (var i = 0; reader.Next(ref id, out var field); i++)
            {
                Assert.Equal((uint)(i + 1), id);
                if (longs[i] % 2 == 0)
                    reader.Skip(field);
                else
                    Assert.True(ReadOne(ref reader, field, kinds[i], longs[i]), $"seed {values.Seed}, round {round}, field {i}");
            }

            reader.EndObject();
            Assert.Equal(0, reader.Remaining);
        }
    }

    [Theory]
    [InlineData(WireType.Bytes)]
    [InlineData(WireType.Group)]
    [InlineData(WireType.Fixed32)]
    [InlineData(WireType.Fixed64)]
    [InlineData(WireType.Fixed128)]
    [InlineData(WireType.Reference)]
    public void A_field_of_another_layout_is_refused(WireType found)
    {
        Refused(found, static (ref reader, field) => reader.ReadInt32(field));
        Refused(found, static (ref reader, field) => reader.ReadBoolean(field));
        if (found != WireType.Fixed32)
            Refused(found, static (ref reader, field) => reader.ReadSingle(field));
        if (found != WireType.Fixed64)
            Refused(found, static (ref reader, field) => reader.ReadDouble(field));
        if (found != WireType.Fixed128)
            Refused(found, static (ref reader, field) => reader.ReadGuid(field));
        if (found != WireType.Bytes)
            Refused(found, static (ref reader, field) => reader.ReadBytes(field).Length);
    }

    [Theory]
    [InlineData(0UL, 10UL, true)]
    [InlineData(10UL, 10UL, true)]
    [InlineData(11UL, 10UL, false)]
    public void Unsigned_bounds_hold(ulong value, ulong max, bool fits) =>
        Bounded(SerializerHost.Write(writer => writer.WriteUInt64(0, value)), (ref reader, field) => reader.ReadUnsigned(field, max), fits);

    [Theory]
    [InlineData(-5L, true)]
    [InlineData(5L, true)]
    [InlineData(-6L, false)]
    [InlineData(6L, false)]
    public void Signed_bounds_hold(long value, bool fits) =>
        Bounded(SerializerHost.Write(writer => writer.WriteInt64(0, value)), static (ref reader, field) => reader.ReadSigned(field, -5, 5), fits);

    private static SerializerSession Session() => SerializerHost.Serializer.SessionPool.GetSession();

    private static void Bounded<T>(byte[] bytes, Read<T> read, bool fits)
    {
        using var session = Session();
        var refused = false;
        try
        {
            var reader = new WireReader(bytes, session);
            read(ref reader, reader.ReadHeader(out _));
        }
        catch (SerializerException)
        {
            refused = true;
        }

        Assert.Equal(fits, !refused);
    }

    private static void Refused<T>(WireType found, Read<T> read) =>
        Bounded([(byte)((int)found << 5), .. new byte[16]], read, fits: false);

    private static void WriteOne(WireWriter writer, int kind, long value)
    {
        switch (kind)
        {
            case 0:
                writer.WriteInt64(1, value);
                break;
            case 1:
                writer.WriteString(1, $"{value}");
                break;
            case 2:
                writer.WriteDouble(1, value);
                break;
            case 3:
                writer.WriteSingle(1, value);
                break;
            case 4:
                writer.WriteFixed128(1, (ulong)value);
                break;
            case 5:
                writer.WriteBytes(1, BitConverter.GetBytes(value));
                break;
            case 6:
                writer.WriteBoolean(1, value > 0);
                break;
            default:
                writer.WriteNull(1);
                break;
        }
    }

    private static bool ReadOne(ref WireReader reader, WireField field, int kind, long value) => kind switch
    {
        0 => reader.ReadInt64(field) == value,
        1 => reader.ReadString(field) == $"{value}",
        2 => reader.ReadDouble(field).Equals((double)value),
        3 => reader.ReadSingle(field).Equals((float)value),
        4 => reader.ReadFixed128(field) == (ulong)value,
        5 => BitConverter.ToInt64(reader.ReadBytes(field)) == value,
        6 => reader.ReadBoolean(field) == value > 0,
        _ => reader.ReadString(field) is null,
    };
}
