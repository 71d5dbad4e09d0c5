using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Numerics;
using Orleans.Serialization.Invocation;

namespace Betar.Orleans.Embedded.Serialization;

/// <summary>Codecs of the runtime's own types.</summary>
internal static class BuiltInCodecs
{
    private static readonly Dictionary<Type, Codec> Leaves = new Codec[]
    {
        new ValueCodec<bool>(static (w, d, v) => w.WriteBoolean(d, v), static (ref r, f) => r.ReadBoolean(f)),
        new ValueCodec<byte>(static (w, d, v) => w.WriteUInt64(d, v), static (ref r, f) => (byte)r.ReadUnsigned(f, byte.MaxValue)),
        new ValueCodec<ushort>(static (w, d, v) => w.WriteUInt64(d, v), static (ref r, f) => (ushort)r.ReadUnsigned(f, ushort.MaxValue)),
        new ValueCodec<uint>(static (w, d, v) => w.WriteUInt64(d, v), static (ref r, f) => (uint)r.ReadUnsigned(f, uint.MaxValue)),
        new ValueCodec<ulong>(static (w, d, v) => w.WriteUInt64(d, v), static (ref r, f) => r.ReadUInt64(f)),
        new ValueCodec<char>(static (w, d, v) => w.WriteUInt64(d, v), static (ref r, f) => (char)r.ReadUnsigned(f, char.MaxValue)),
        new ValueCodec<sbyte>(static (w, d, v) => w.WriteInt64(d, v), static (ref r, f) => (sbyte)r.ReadSigned(f, sbyte.MinValue, sbyte.MaxValue)),
        new ValueCodec<short>(static (w, d, v) => w.WriteInt64(d, v), static (ref r, f) => (short)r.ReadSigned(f, short.MinValue, short.MaxValue)),
        new ValueCodec<int>(static (w, d, v) => w.WriteInt32(d, v), static (ref r, f) => r.ReadInt32(f)),
        new ValueCodec<long>(static (w, d, v) => w.WriteInt64(d, v), static (ref r, f) => r.ReadInt64(f)),
        new ValueCodec<Int128>(static (w, d, v) => w.WriteFixed128(d, (UInt128)v), static (ref r, f) => (Int128)r.ReadFixed128(f)),
        new ValueCodec<UInt128>(static (w, d, v) => w.WriteFixed128(d, v), static (ref r, f) => r.ReadFixed128(f)),
        new ValueCodec<Half>(static (w, d, v) => w.WriteUInt64(d, BitConverter.HalfToUInt16Bits(v)), static (ref r, f) => BitConverter.UInt16BitsToHalf((ushort)r.ReadUnsigned(f, ushort.MaxValue))),
        new ValueCodec<float>(static (w, d, v) => w.WriteSingle(d, v), static (ref r, f) => r.ReadSingle(f)),
        new ValueCodec<double>(static (w, d, v) => w.WriteDouble(d, v), static (ref r, f) => r.ReadDouble(f)),
        new ValueCodec<decimal>(WriteDecimal, ReadDecimal),
        new ValueCodec<BigInteger>(static (w, d, v) => w.WriteBytes(d, v.ToByteArray()), static (ref r, f) => new BigInteger(r.ReadBytes(f))),
        new ValueCodec<Guid>(static (w, d, v) => w.WriteGuid(d, v), static (ref r, f) => r.ReadGuid(f)),
        new ValueCodec<DateTime>(static (w, d, v) => w.WriteInt64(d, v.ToBinary()), static (ref r, f) => DateTime.FromBinary(r.ReadInt64(f))),
        new ValueCodec<DateTimeOffset>(WriteDateTimeOffset, ReadDateTimeOffset),
        new ValueCodec<TimeSpan>(static (w, d, v) => w.WriteInt64(d, v.Ticks), static (ref r, f) => new TimeSpan(r.ReadInt64(f))),
        new ValueCodec<DateOnly>(static (w, d, v) => w.WriteInt32(d, v.DayNumber), static (ref r, f) => DateOnly.FromDayNumber(r.ReadInt32(f))),
        new ValueCodec<TimeOnly>(static (w, d, v) => w.WriteInt64(d, v.Ticks), static (ref r, f) => new TimeOnly(r.ReadInt64(f))),
        new ValueCodec<string>(static (w, d, v) => w.WriteString(d, v), static (ref r, f) => r.ReadString(f)!),
        new ValueCodec<Uri>(static (w, d, v) => w.WriteString(d, v.OriginalString), static (ref r, f) => new Uri(r.ReadString(f)!, UriKind.RelativeOrAbsolute)),
        new ValueCodec<Version>(static (w, d, v) => w.WriteString(d, v.ToString()), static (ref r, f) => Version.Parse(r.ReadString(f)!)),
        new ValueCodec<IPAddress>(static (w, d, v) => w.WriteString(d, v.ToString()), static (ref r, f) => IPAddress.Parse(r.ReadString(f)!)),
        new ValueCodec<IPEndPoint>(static (w, d, v) => w.WriteString(d, v.ToString()), static (ref r, f) => IPEndPoint.Parse(r.ReadString(f)!)),
        new ValueCodec<CultureInfo>(static (w, d, v) => w.WriteString(d, v.Name), static (ref r, f) => CultureInfo.GetCultureInfo(r.ReadString(f)!)),
        new ValueCodec<Type>(static (w, d, v) => w.WriteBytes(d, w.Codecs.TypeNames.Format(v)), static (ref r, f) => r.ReadType(f)),
        new ValueCodec<CompletedResponse>(static (w, d, _) => w.WriteBoolean(d, true), ReadCompleted),
    }.ToDictionary(static codec => codec.Type);

    /// <summary>Types that may be named on the wire without being in a manifest.</summary>
    public static IEnumerable<Type> NamedTypes => [.. Leaves.Keys, .. CollectionCodecs.Definitions, typeof(object), typeof(Nullable<>)];

    public static Codec? TryCreate(Type type)
    {
        if (Leaves.TryGetValue(type, out var leaf))
            return leaf;
        if (typeof(Type).IsAssignableFrom(type) || typeof(IPAddress).IsAssignableFrom(type))
            return Leaves[typeof(Type).IsAssignableFrom(type) ? typeof(Type) : typeof(IPAddress)];
        if (type.IsEnum)
            return Make(typeof(EnumCodec<>), type);
        if (type.IsSZArray)
        {
            var element = type.GetElementType()!;
            return Make(IsNumber(element) ? typeof(NumberArrayCodec<>) : typeof(ArrayCodec<>), element);
        }

        if (Nullable.GetUnderlyingType(type) is { } inner)
            return Make(typeof(NullableCodec<>), inner);
        return CollectionCodecs.TryCreate(type);
    }

    // Whose bytes may be anything, and whose width is the same everywhere.
    private static bool IsNumber(Type type) => Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.Double && !type.IsEnum;

    private static CompletedResponse ReadCompleted(ref WireReader reader, WireField field)
    {
        reader.Skip(field);
        return CompletedResponse.Instance;
    }

    private static Codec Make(Type codec, Type argument) => (Codec)Activator.CreateInstance(codec.MakeGenericType(argument))!;

    private static void WriteDecimal(WireWriter writer, uint idDelta, decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        writer.WriteFixed128(idDelta, new UInt128(
            ((ulong)(uint)bits[3] << 32) | (uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]));
    }

    private static decimal ReadDecimal(ref WireReader reader, WireField field)
    {
        var bits = reader.ReadFixed128(field);
        return new decimal([(int)(uint)bits, (int)(uint)(bits >> 32), (int)(uint)(bits >> 64), (int)(uint)(bits >> 96)]);
    }

    private static void WriteDateTimeOffset(WireWriter writer, uint idDelta, DateTimeOffset value)
    {
        Span<byte> bytes = stackalloc byte[10];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value.Ticks);
        BinaryPrimitives.WriteInt16LittleEndian(bytes[8..], (short)value.TotalOffsetMinutes);
        writer.WriteBytes(idDelta, bytes);
    }

    private static DateTimeOffset ReadDateTimeOffset(ref WireReader reader, WireField field)
    {
        var bytes = reader.ReadBytes(field);
        if (bytes.Length != 10)
            throw WireReader.Malformed("a date has a wrong length");
        var offset = TimeSpan.FromMinutes(BinaryPrimitives.ReadInt16LittleEndian(bytes[8..]));
        return new DateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(bytes), offset);
    }
}
