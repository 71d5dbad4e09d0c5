using System.Runtime.CompilerServices;
using Orleans.Serialization.Cloning;

namespace Betar.Orleans.Embedded.Serialization;

/// <summary>An enum, written as its number.</summary>
public sealed class EnumCodec<T> : Codec<T>
    where T : struct, Enum
{
    public override bool IsImmutable => true;

    /// <summary>A boxed enum keeps its type only when it is marked; otherwise its number arrives, as with Orleans.</summary>
    internal override Type Type => Codecs.TypeNames.IsKnown(typeof(T)) ? typeof(T) : Enum.GetUnderlyingType(typeof(T));

    public override void Write(WireWriter writer, uint idDelta, T value)
    {
        switch (Type.GetTypeCode(typeof(T)))
        {
            case TypeCode.Byte:
                writer.WriteUInt64(idDelta, Unsafe.BitCast<T, byte>(value));
                break;
            case TypeCode.UInt16:
                writer.WriteUInt64(idDelta, Unsafe.BitCast<T, ushort>(value));
                break;
            case TypeCode.UInt32:
                writer.WriteUInt64(idDelta, Unsafe.BitCast<T, uint>(value));
                break;
            case TypeCode.UInt64:
                writer.WriteUInt64(idDelta, Unsafe.BitCast<T, ulong>(value));
                break;
            case TypeCode.SByte:
                writer.WriteInt64(idDelta, Unsafe.BitCast<T, sbyte>(value));
                break;
            case TypeCode.Int16:
                writer.WriteInt64(idDelta, Unsafe.BitCast<T, short>(value));
                break;
            case TypeCode.Int32:
                writer.WriteInt64(idDelta, Unsafe.BitCast<T, int>(value));
                break;
            default:
                writer.WriteInt64(idDelta, Unsafe.BitCast<T, long>(value));
                break;
        }
    }

    public override T Read(ref WireReader reader, WireField field)
    {
        switch (Type.GetTypeCode(typeof(T)))
        {
            case TypeCode.Byte:
                return Unsafe.BitCast<byte, T>((byte)reader.ReadUnsigned(field, byte.MaxValue));
            case TypeCode.UInt16:
                return Unsafe.BitCast<ushort, T>((ushort)reader.ReadUnsigned(field, ushort.MaxValue));
            case TypeCode.UInt32:
                return Unsafe.BitCast<uint, T>((uint)reader.ReadUnsigned(field, uint.MaxValue));
            case TypeCode.UInt64:
                return Unsafe.BitCast<ulong, T>(reader.ReadUInt64(field));
            case TypeCode.SByte:
                return Unsafe.BitCast<sbyte, T>((sbyte)reader.ReadSigned(field, sbyte.MinValue, sbyte.MaxValue));
            case TypeCode.Int16:
                return Unsafe.BitCast<short, T>((short)reader.ReadSigned(field, short.MinValue, short.MaxValue));
            case TypeCode.Int32:
                return Unsafe.BitCast<int, T>(reader.ReadInt32(field));
            default:
                return Unsafe.BitCast<long, T>(reader.ReadInt64(field));
        }
    }

    public override T DeepCopy(T input, CopyContext context) => input;
}
