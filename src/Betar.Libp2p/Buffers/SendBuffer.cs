using System.Numerics;

namespace Betar.Libp2p.Buffers;

/// <summary>
/// Bytes that wait to be sent, in pooled segments of which each is one write. A segment that is not full yet grows by copying, so that little is
/// sent in one piece; what is full is never copied again, and goes back to the pool as soon as it is sent. Not thread-safe.
/// </summary>
internal sealed class SendBuffer
{
    /// <summary>What a full segment carries: with the two bytes of the length and the sixteen of the mark, one Noise message fills such an array too.</summary>
    public const int SegmentSize = SegmentPool.Size - 18;

    private readonly Queue<byte[]> _full = new();
    private byte[] _tail = [];
    private int _tailEnd;

    public int Length { get; private set; }

    /// <summary>What so many bytes take in memory.</summary>
    public static long Footprint(long length) => (length / SegmentSize * SegmentPool.Size) + (length % SegmentSize is var rest and > 0 ? ArrayFor((int)rest) : 0);

    /// <summary>How many bytes take no more memory than that.</summary>
    public static long Fitting(long footprint) => (footprint / SegmentPool.Size * SegmentSize) + (footprint % SegmentPool.Size);

    public void Write(ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty)
        {
            if (_tailEnd == SegmentSize)
                EndSegment();
            if (_tailEnd + data.Length > _tail.Length && _tail.Length < SegmentPool.Size)
                Grow(data.Length);
            var count = Math.Min(data.Length, Math.Min(_tail.Length, SegmentSize) - _tailEnd);
            data[..count].CopyTo(_tail.AsSpan(_tailEnd));
            _tailEnd += count;
            Length += count;
            data = data[count..];
        }
    }

    /// <summary>What is to be sent next, in one piece; it stays until it is dropped.</summary>
    public ReadOnlyMemory<byte> First => _full.TryPeek(out var segment) ? segment.AsMemory(0, SegmentSize) : _tail.AsMemory(0, _tailEnd);

    public void DropFirst()
    {
        Length -= First.Length;
        if (!_full.TryDequeue(out var segment))
            (segment, _tail, _tailEnd) = (_tail, [], 0);
        Pieces.Return(segment);
    }

    public void Clear()
    {
        while (Length > 0)
            DropFirst();
    }

    private static int ArrayFor(int length) => (int)Math.Clamp(BitOperations.RoundUpToPowerOf2((uint)length), Pieces.Smallest, SegmentPool.Size);

    private void EndSegment()
    {
        _full.Enqueue(_tail);
        (_tail, _tailEnd) = ([], 0);
    }

    private void Grow(int more)
    {
        var larger = Pieces.Rent(Math.Min(_tailEnd + more, SegmentSize));
        _tail.AsSpan(0, _tailEnd).CopyTo(larger);
        Pieces.Return(_tail);
        _tail = larger;
    }
}
