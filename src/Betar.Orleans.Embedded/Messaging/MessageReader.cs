using System.Buffers.Binary;

namespace Orleans.Runtime;

/// <summary>Takes a message apart.</summary>
internal ref struct MessageReader(ReadOnlyMemory<byte> message)
{
    private int _position;

    public readonly ReadOnlyMemory<byte> Rest => message[_position..];

    public byte ReadByte() => message.Span[_position++];

    public long ReadLong()
    {
        var value = BinaryPrimitives.ReadInt64LittleEndian(message.Span[_position..]);
        _position += sizeof(long);
        return value;
    }

    public ReadOnlyMemory<byte> ReadBytes()
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(message.Span[_position..]);
        _position += sizeof(int);
        var bytes = message.Slice(_position, length);
        _position += length;
        return bytes;
    }

    public GrainId ReadGrainId(GrainTypeNames names)
    {
        var type = names.Intern(ReadBytes().Span);
        return new(type, new IdSpan(ReadBytes().ToArray()));
    }
}
