using System.Buffers;

namespace Betar.Libp2p.Buffers;

/// <summary>Arrays of powers of two; those of a segment's size come from its own pool.</summary>
internal static class Pieces
{
    public const int Smallest = 1024;

    public static byte[] Rent(int atLeast) =>
        atLeast is > SegmentPool.Size / 2 and <= SegmentPool.Size ? SegmentPool.Rent() : ArrayPool<byte>.Shared.Rent(Math.Max(atLeast, Smallest));

    public static void Return(byte[] piece)
    {
        if (piece.Length == SegmentPool.Size)
            SegmentPool.Return(piece);
        else if (piece.Length > 0)
            ArrayPool<byte>.Shared.Return(piece);
    }
}
