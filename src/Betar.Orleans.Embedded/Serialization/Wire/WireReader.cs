using System.Buffers.Binary;
using System.Text;
using Orleans.Serialization;
using Orleans.Serialization.Session;

namespace Betar.Orleans.Embedded.Serialization;

/// <summary>Reads one message. Whatever the bytes are: at most <see cref="SerializerException"/>, and work in proportion to their number.</summary>
public ref partial struct WireReader
{
    private readonly ReadOnlySpan<byte> _data;
    private readonly SerializerSession _session;
    private int _position;
    private int _depth;
    private long _rereadBudget;

    internal WireReader(ReadOnlySpan<byte> data, SerializerSession session)
    {
        _data = data;
        _session = session;
        _rereadBudget = data.Length;
    }

    internal readonly int Remaining => _data.Length - _position;

    /// <summary>Reads the header of the object's next field; false when its members end here.</summary>
    public bool Next(ref uint id, out WireField field)
    {
        field = default;
        var header = Peek();
        if (header == WireWriter.End)
            return false;
        if (header == WireWriter.EndBase)
        {
            _position++;
            return false;
        }

        field = ReadHeader(out var delta);
        id += delta;
        return true;
    }

    public bool ReadBoolean(WireField field) => ReadUInt64(field) != 0;

    public int ReadInt32(WireField field) => (int)ReadSigned(field, int.MinValue, int.MaxValue);

    public long ReadInt64(WireField field)
    {
        var value = ReadUInt64(field);
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public ulong ReadUInt64(WireField field)
    {
        Expect(field, WireType.VarInt);
        return ReadVarUInt();
    }

    /// <summary>An unsigned integer that must not exceed the bound.</summary>
    public ulong ReadUnsigned(WireField field, ulong max)
    {
        var value = ReadUInt64(field);
        return value <= max ? value : throw Malformed("an integer is out of range");
    }

    /// <summary>A signed integer within bounds.</summary>
    public long ReadSigned(WireField field, long min, long max)
    {
        var value = ReadInt64(field);
        return value >= min && value <= max ? value : throw Malformed("an integer is out of range");
    }

    public float ReadSingle(WireField field)
    {
        Expect(field, WireType.Fixed32);
        return BinaryPrimitives.ReadSingleLittleEndian(Take(4));
    }

    public double ReadDouble(WireField field)
    {
        Expect(field, WireType.Fixed64);
        return BinaryPrimitives.ReadDoubleLittleEndian(Take(8));
    }

    public UInt128 ReadFixed128(WireField field)
    {
        Expect(field, WireType.Fixed128);
        return BinaryPrimitives.ReadUInt128LittleEndian(Take(16));
    }

    public Guid ReadGuid(WireField field)
    {
        Expect(field, WireType.Fixed128);
        return new Guid(Take(16));
    }

    public string? ReadString(WireField field)
    {
        if (field.WireType == WireType.Reference)
            return ReadReference<string>(null, field);
        return Encoding.UTF8.GetString(ReadBytes(field));
    }

    public ReadOnlySpan<byte> ReadBytes(WireField field)
    {
        Expect(field, WireType.Bytes);
        return Take(ReadCount());
    }

    /// <summary>Passes over a member that this version does not know.</summary>
    public void Skip(WireField field)
    {
        switch (field.WireType)
        {
            case WireType.VarInt or WireType.Reference:
                ReadVarUInt();
                break;
            case WireType.Bytes:
                Take(ReadCount());
                break;
            case WireType.Fixed32:
                Take(4);
                break;
            case WireType.Fixed64:
                Take(8);
                break;
            case WireType.Fixed128:
                Take(16);
                break;
            case WireType.Group:
                BeginObject(field);
                EndObject();
                break;
            default:
                throw Malformed("an end stands where a field should be");
        }
    }

    public void BeginObject(WireField field)
    {
        Expect(field, WireType.Group);
        if (++_depth > WireLimits.MaxDepth)
            throw Malformed($"objects are nested deeper than {WireLimits.MaxDepth} levels");
    }

    /// <summary>Passes over members and whole levels of inheritance that this version does not know.</summary>
    public void EndObject()
    {
        while (Peek() != WireWriter.End)
        {
            uint id = 0;
            while (Next(ref id, out var field))
                Skip(field);
        }

        _position++;
        _depth--;
    }

    /// <summary>Elements of a collection: never more than bytes are left, since each takes at least one.</summary>
    internal int ReadElementCount(WireField field) => (int)ReadUnsigned(field, (ulong)Remaining);

    internal WireField ReadHeader(out uint idDelta)
    {
        var offset = _position;
        var header = Take(1)[0];
        idDelta = header & 15u;
        if (idDelta == 15)
            idDelta += (uint)Math.Min(ReadVarUInt(), uint.MaxValue - 15);
        var wireType = (WireType)(header >> 5);
        if (wireType == WireType.End)
            throw Malformed("an end stands where a field should be");
        return new(wireType, offset, (header & 16) != 0 ? ReadTypeOffset() : -1);
    }

    internal ulong ReadVarUInt()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Take(1)[0];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
                return value;
        }

        throw Malformed("an integer is too long");
    }

    internal static SerializerException Malformed(string what) => new($"The serialized data is malformed: {what}.");

    internal static void Expect(WireField field, WireType expected)
    {
        if (field.WireType != expected)
            throw Malformed($"{expected} is expected, {field.WireType} was found");
    }

    private int ReadCount()
    {
        var count = ReadVarUInt();
        return count <= (ulong)Remaining ? (int)count : throw Malformed("a length exceeds the data");
    }

    private readonly byte Peek() => Remaining > 0 ? _data[_position] : throw Malformed("it ends too early");

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > Remaining)
            throw Malformed("it ends too early");
        var span = _data.Slice(_position, count);
        _position += count;
        return span;
    }
}
