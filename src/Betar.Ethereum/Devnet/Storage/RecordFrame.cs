using System.Buffers.Binary;

namespace Betar.Ethereum.Devnet;

/// <summary>
/// How a record lies in the file: marker 4 ‖ length 4 ‖ checksum 4 ‖ payload. The checksum covers length and payload;
/// the marker lets a reader find later records after a damaged one, which tells damage from a write that was cut off.
/// </summary>
internal static class RecordFrame
{
    internal const int HeaderSize = 12;

    /// <summary>Far above the largest block; a longer length is damage.</summary>
    internal const int MaxPayload = 1 << 30;

    const uint Marker = 0x9e42_5452;

    internal static void WriteHeader(Span<byte> record)
    {
        var payload = record[HeaderSize..];
        BinaryPrimitives.WriteUInt32LittleEndian(record, Marker);
        BinaryPrimitives.WriteInt32LittleEndian(record[4..], payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record[8..], Checksum(payload));
    }

    /// <summary>What a header says of its record's size; a header that cannot be right promises itself alone.</summary>
    internal static long PromisedSize(ReadOnlySpan<byte> header)
    {
        if (header.Length < HeaderSize || BinaryPrimitives.ReadUInt32LittleEndian(header) != Marker)
            return header.Length;
        var length = BinaryPrimitives.ReadInt32LittleEndian(header[4..]);
        return length is < 0 or > MaxPayload ? HeaderSize : HeaderSize + (long)length;
    }

    /// <summary>The whole record's size when a complete and undamaged one starts here, else 0.</summary>
    internal static int Inspect(ReadOnlySpan<byte> data, out ReadOnlySpan<byte> payload)
    {
        payload = default;
        if (data.Length < HeaderSize || BinaryPrimitives.ReadUInt32LittleEndian(data) != Marker)
            return 0;
        var length = BinaryPrimitives.ReadInt32LittleEndian(data[4..]);
        if (length is < 0 or > MaxPayload || length > data.Length - HeaderSize)
            return 0;
        payload = data.Slice(HeaderSize, length);
        return Checksum(payload) == BinaryPrimitives.ReadUInt32LittleEndian(data[8..]) ? HeaderSize + length : 0;
    }

    /// <summary>Whether an undamaged record starts anywhere in these bytes.</summary>
    internal static bool AnyIn(ReadOnlySpan<byte> data)
    {
        Span<byte> marker = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(marker, Marker);
        for (int at; (at = data.IndexOf(marker)) >= 0; data = data[(at + 1)..])
        {
            if (Inspect(data[at..], out _) > 0)
                return true;
        }

        return false;
    }

    // The length is under the checksum too.
    static uint Checksum(ReadOnlySpan<byte> payload) => Crc32C.Compute(payload) ^ (uint)payload.Length * 0x9e37_79b1;
}
