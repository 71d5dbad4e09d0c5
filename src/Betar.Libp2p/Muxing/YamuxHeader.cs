using System.Buffers.Binary;

namespace Betar.Libp2p.Muxing;

/// <summary>The twelve bytes in front of every frame, big-endian.</summary>
internal readonly record struct YamuxHeader(YamuxFrameType Type, YamuxFlags Flags, uint StreamId, uint Length)
{
    public const int Size = 12;
    private const byte Version = 0;

    public void Write(Span<byte> destination)
    {
        destination[0] = Version;
        destination[1] = (byte)Type;
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], (ushort)Flags);
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], StreamId);
        BinaryPrimitives.WriteUInt32BigEndian(destination[8..], Length);
    }

    /// <summary>Null: a header; otherwise what no correct peer writes.</summary>
    public static string? Read(ReadOnlySpan<byte> source, out YamuxHeader header)
    {
        header = new YamuxHeader(
            (YamuxFrameType)source[1],
            (YamuxFlags)BinaryPrimitives.ReadUInt16BigEndian(source[2..]),
            BinaryPrimitives.ReadUInt32BigEndian(source[4..]),
            BinaryPrimitives.ReadUInt32BigEndian(source[8..]));
        if (source[0] != Version)
            return "a frame of an unknown version";
        if (header.Type > YamuxFrameType.GoAway)
            return "a frame of an unknown type";
        if ((header.Flags & ~YamuxFlags.All) != 0)
            return "a frame with unknown flags";
        var ofSession = header.Type is YamuxFrameType.Ping or YamuxFrameType.GoAway;
        return ofSession == (header.StreamId == 0) ? null : "a frame of the wrong stream id for its type";
    }
}
