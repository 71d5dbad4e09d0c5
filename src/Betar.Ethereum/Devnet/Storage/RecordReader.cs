using System.Buffers.Binary;
using System.Text;

namespace Betar.Ethereum.Devnet;

/// <summary>Reads a record's payload. Its checksum was right, so a fault here means a program that wrote nonsense: it is refused as damage.</summary>
internal sealed class RecordReader(ReadOnlyMemory<byte> payload)
{
    ReadOnlyMemory<byte> _rest = payload;

    internal bool IsAtEnd => _rest.IsEmpty;

    internal byte ReadByte() => Take(1).Span[0];

    internal uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)).Span);

    internal ulong ReadUInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)).Span);

    internal Address ReadAddress() => new(Take(Address.Size).Span);

    internal Hash32 ReadHash32() => new(Take(Hash32.Size).Span);

    internal ReadOnlyMemory<byte> ReadBytes()
    {
        var length = ReadUInt32();
        return length <= int.MaxValue ? Take((int)length) : throw Malformed();
    }

    internal string ReadString() => Encoding.UTF8.GetString(ReadBytes().Span);

    internal static DevnetOpenException Malformed() =>
        new(DevnetOpenFault.Corrupt, "The chain's file holds a record that cannot be read: restore a copy, or move the file away to start anew.");

    ReadOnlyMemory<byte> Take(int size)
    {
        if (size > _rest.Length)
            throw Malformed();
        var taken = _rest[..size];
        _rest = _rest[size..];
        return taken;
    }
}
