using System.Buffers.Binary;
using System.Numerics;

namespace Betar.Ethereum.Devnet;

/// <summary>The Castagnoli checksum, which processors compute themselves.</summary>
internal static class Crc32C
{
    internal static uint Compute(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        for (; data.Length >= sizeof(ulong); data = data[sizeof(ulong)..])
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(data));
        foreach (var b in data)
            crc = BitOperations.Crc32C(crc, b);
        return ~crc;
    }
}
