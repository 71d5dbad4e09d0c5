using System.Buffers.Binary;
using System.Numerics;

namespace Betar.Node.Importing.LevelDb;

/// <summary>Reads the small things that LevelDB's files are made of; false at whatever does not fit.</summary>
internal ref struct LevelDbBytes(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> rest = bytes;

    public readonly bool IsEmpty => rest.IsEmpty;

    public bool TryVarint(out ulong value)
    {
        value = 0;
        for (var shift = 0; shift < 64 && !rest.IsEmpty; shift += 7)
        {
            var next = rest[0];
            rest = rest[1..];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
                return shift < 63 || next <= 1;
        }

        return false;
    }

    public bool TryTake(ulong length, out ReadOnlySpan<byte> taken)
    {
        taken = default;
        if (length > (ulong)rest.Length)
            return false;
        taken = rest[..(int)length];
        rest = rest[(int)length..];
        return true;
    }

    public bool TryText(out ReadOnlySpan<byte> text)
    {
        text = default;
        return TryVarint(out var length) && TryTake(length, out text);
    }

    /// <summary>LevelDB's masked CRC-32C, so that a sum of sums is no sum.</summary>
    public static bool Matches(uint stored, ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        while (data.Length >= 8)
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(data));
            data = data[8..];
        }

        foreach (var one in data)
            crc = BitOperations.Crc32C(crc, one);
        crc = ~crc;
        return stored == unchecked(((crc >> 15) | (crc << 17)) + 0xa282ead8u);
    }
}
