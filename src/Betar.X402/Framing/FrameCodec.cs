using System.Buffers.Binary;
using System.Text;

namespace Betar.X402.Framing;

/// <summary>The frame's bytes: type length u16 ‖ type ‖ data length u32 ‖ data, big-endian.</summary>
public static class FrameCodec
{
    public const int MaxTypeLength = 128;

    internal const int TypeLengthSize = 2;
    internal const int DataLengthSize = 4;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static byte[] Encode(string type, ReadOnlySpan<byte> data)
    {
        var typeLength = StrictUtf8.GetByteCount(type);
        if (typeLength is 0 or > MaxTypeLength)
        {
            throw new ArgumentException("A frame's type has 1 to 128 bytes.", nameof(type));
        }

        if (data.Length > FrameLimits.ProtocolMaxDataLength)
        {
            throw new ArgumentException("A frame's data has at most 8 MiB.", nameof(data));
        }

        var frame = new byte[TypeLengthSize + typeLength + DataLengthSize + data.Length];
        BinaryPrimitives.WriteUInt16BigEndian(frame, (ushort)typeLength);
        StrictUtf8.GetBytes(type, frame.AsSpan(TypeLengthSize));
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(TypeLengthSize + typeLength), (uint)data.Length);
        data.CopyTo(frame.AsSpan(TypeLengthSize + typeLength + DataLengthSize));
        return frame;
    }

    /// <summary>Null for bytes that are not UTF-8. The types of this protocol come back as the shared strings.</summary>
    internal static string? DecodeType(ReadOnlySpan<byte> utf8)
    {
        foreach (var known in KnownTypes)
        {
            if (utf8.SequenceEqual(known.Utf8))
            {
                return known.Text;
            }
        }

        return System.Text.Unicode.Utf8.IsValid(utf8) ? StrictUtf8.GetString(utf8) : null;
    }

    private static readonly (byte[] Utf8, string Text)[] KnownTypes =
    [
        .. new[]
        {
            Protocol.MessageTypes.Request, Protocol.MessageTypes.PaidRequest, Protocol.MessageTypes.PaymentRequired,
            Protocol.MessageTypes.Response, Protocol.MessageTypes.Error, Protocol.MessageTypes.Piece,
        }.Select(text => (Encoding.ASCII.GetBytes(text), text)),
    ];
}
