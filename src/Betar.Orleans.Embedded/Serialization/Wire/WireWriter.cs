using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;
using Orleans.Serialization;
using Orleans.Serialization.Serializers;

namespace Betar.Orleans.Embedded.Serialization;

/// <summary>Writes one message of tagged fields into a buffer that is kept for the next one.</summary>
public sealed partial class WireWriter
{
    private const int KeptCapacity = 1 << 16;
    private const int TypedBit = 1 << 4;
    internal const byte End = (int)WireType.End << 5;
    internal const byte EndBase = End | TypedBit;

    private byte[] _buffer = new byte[512];
    private int _length;
    private int _depth;
    private Type? _pendingType;

    internal WireWriter(CodecProvider codecs) => Codecs = codecs;

    internal CodecProvider Codecs { get; }

    internal ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    public void WriteBoolean(uint idDelta, bool value) => WriteUInt64(idDelta, value ? 1UL : 0UL);

    public void WriteInt32(uint idDelta, int value) => WriteUInt64(idDelta, (uint)((value << 1) ^ (value >> 31)));

    public void WriteInt64(uint idDelta, long value) => WriteUInt64(idDelta, (ulong)((value << 1) ^ (value >> 63)));

    public void WriteUInt64(uint idDelta, ulong value)
    {
        WriteHeader(WireType.VarInt, idDelta);
        WriteVarUInt(value);
    }

    public void WriteSingle(uint idDelta, float value)
    {
        WriteHeader(WireType.Fixed32, idDelta);
        BinaryPrimitives.WriteSingleLittleEndian(Take(4), value);
    }

    public void WriteDouble(uint idDelta, double value)
    {
        WriteHeader(WireType.Fixed64, idDelta);
        BinaryPrimitives.WriteDoubleLittleEndian(Take(8), value);
    }

    public void WriteFixed128(uint idDelta, UInt128 value)
    {
        WriteHeader(WireType.Fixed128, idDelta);
        BinaryPrimitives.WriteUInt128LittleEndian(Take(16), value);
    }

    public void WriteGuid(uint idDelta, Guid value)
    {
        WriteHeader(WireType.Fixed128, idDelta);
        value.TryWriteBytes(Take(16));
    }

    public void WriteString(uint idDelta, string? value)
    {
        if (value is null)
        {
            WriteNull(idDelta);
            return;
        }

        WriteHeader(WireType.Bytes, idDelta);
        var max = value.Length * 3;
        if (max < 128)
        {
            // The length fits one byte whatever the characters are, so that they need not be counted first.
            Ensure(max + 1);
            var written = Encoding.UTF8.GetBytes(value, _buffer.AsSpan(_length + 1));
            _buffer[_length] = (byte)written;
            _length += written + 1;
            return;
        }

        var count = Encoding.UTF8.GetByteCount(value);
        WriteVarUInt((uint)count);
        Encoding.UTF8.GetBytes(value, Take(count));
    }

    public void WriteBytes(uint idDelta, ReadOnlySpan<byte> value)
    {
        WriteHeader(WireType.Bytes, idDelta);
        WriteVarUInt((uint)value.Length);
        value.CopyTo(Take(value.Length));
    }

    public void WriteNull(uint idDelta)
    {
        _pendingType = null;
        WriteHeader(WireType.Reference, idDelta);
        WriteVarUInt(0);
    }

    /// <summary>Opens an object; its fields follow, then <see cref="EndObject"/>.</summary>
    public void BeginObject(uint idDelta)
    {
        if (++_depth > WireLimits.MaxDepth)
            throw new SerializerException($"The value is nested deeper than {WireLimits.MaxDepth} levels.");
        WriteHeader(WireType.Group, idDelta);
    }

    public void EndObject()
    {
        _depth--;
        Take(1)[0] = End;
    }

    /// <summary>Closes the members of a base class; those of the derived one follow.</summary>
    public void EndBaseMembers() => Take(1)[0] = EndBase;

    /// <summary>The next header carries this type.</summary>
    internal void WriteTypeWithNextHeader(Type type) => _pendingType = type;

    internal void WriteHeader(WireType wireType, uint idDelta)
    {
        var header = ((int)wireType << 5) | (int)Math.Min(idDelta, 15);
        if (_pendingType is { } type)
        {
            _pendingType = null;
            WriteLongHeader(header | TypedBit, idDelta, type);
        }
        else if (idDelta >= 15)
        {
            WriteLongHeader(header, idDelta, null);
        }
        else
        {
            Ensure(1);
            _buffer[_length++] = (byte)header;
        }
    }

    internal void WriteVarUInt(ulong value)
    {
        Ensure(10);
        while (value >= 0x80)
        {
            _buffer[_length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _buffer[_length++] = (byte)value;
    }

    internal Span<byte> Take(int count)
    {
        Ensure(count);
        var span = _buffer.AsSpan(_length, count);
        _length += count;
        return span;
    }

    internal void Reset()
    {
        if (_buffer.Length > KeptCapacity)
            _buffer = new byte[512];
        _length = 0;
        _depth = 0;
        _pendingType = null;
        ResetReferences();
    }

    private void WriteLongHeader(int header, uint idDelta, Type? type)
    {
        Take(1)[0] = (byte)header;
        if (idDelta >= 15)
            WriteVarUInt(idDelta - 15);
        if (type is not null)
            WriteType(type);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Ensure(int count)
    {
        if (_buffer.Length - _length < count)
            Grow(count);
    }

    private void Grow(int count)
    {
        var needed = (long)_length + count;
        if (needed > Array.MaxLength)
            throw new SerializerException("The message is larger than an array can be.");
        Array.Resize(ref _buffer, (int)Math.Min((ulong)Array.MaxLength, BitOperations.RoundUpToPowerOf2((ulong)needed)));
    }
}
