using System.Buffers.Binary;
using System.Text;
using Betar.Libp2p.Scheduling;

namespace Betar.Marketplace.Exchange;

/// <summary>
/// The frames of <c>/betar/marketplace/1.0.0</c>: type_len u16 ‖ type ‖ data_len u32 ‖ data, answered by len u32 ‖ data. One question a stream.
/// </summary>
public static class MarketFrames
{
    public const string Protocol = "/betar/marketplace/1.0.0";

    /// <summary>What the original takes at the most, in either direction.</summary>
    public const int MaxBytes = 8 * 1024 * 1024;

    private const int MaxTypeLength = 128;

    public static byte[] Request(string type, ReadOnlySpan<byte> body)
    {
        var length = Encoding.UTF8.GetByteCount(type);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, MaxTypeLength);
        var frame = new byte[2 + length + 4 + body.Length];
        BinaryPrimitives.WriteUInt16BigEndian(frame, (ushort)length);
        Encoding.UTF8.GetBytes(type, frame.AsSpan(2));
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(2 + length), body.Length);
        body.CopyTo(frame.AsSpan(2 + length + 4));
        return frame;
    }

    public static byte[] Response(ReadOnlySpan<byte> body)
    {
        var frame = new byte[4 + body.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, body.Length);
        body.CopyTo(frame.AsSpan(4));
        return frame;
    }

    /// <summary>Null: the stream does not hold a request within these bounds.</summary>
    public static async ValueTask<(string Type, ReadOnlyMemory<byte> Body)?> ReadRequestAsync(
        Stream stream, int maxBytes, CancellationToken cancellationToken)
    {
        var length = new byte[2];
        if (await stream.ReadFullyAsync(length, cancellationToken) < length.Length
            || BinaryPrimitives.ReadUInt16BigEndian(length) is 0 or > MaxTypeLength)
        {
            return null;
        }

        var type = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
        if (await stream.ReadFullyAsync(type, cancellationToken) < type.Length || !System.Text.Unicode.Utf8.IsValid(type))
            return null;
        return await ReadResponseAsync(stream, maxBytes, cancellationToken) is { } body ? (Encoding.UTF8.GetString(type), body) : null;
    }

    /// <summary>Null: the stream does not hold a response within these bounds. Memory grows with what really comes.</summary>
    public static async ValueTask<ReadOnlyMemory<byte>?> ReadResponseAsync(Stream stream, int maxBytes, CancellationToken cancellationToken)
    {
        const int step = 64 * 1024;
        var header = new byte[4];
        if (await stream.ReadFullyAsync(header, cancellationToken) < header.Length)
            return null;
        var length = BinaryPrimitives.ReadUInt32BigEndian(header);
        if (length > Math.Min(maxBytes, MaxBytes))
            return null;
        var body = new byte[Math.Min(length, step)];
        var have = 0;
        while (true)
        {
            have += await stream.ReadFullyAsync(body.AsMemory(have), cancellationToken);
            if (have < body.Length)
                return null;
            if (have == length)
                return body;
            Array.Resize(ref body, (int)Math.Min(length, 2L * body.Length));
        }
    }
}
