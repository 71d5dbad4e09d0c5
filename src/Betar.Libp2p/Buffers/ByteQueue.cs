namespace Betar.Libp2p.Buffers;

/// <summary>Bytes that wait in order, in pooled pieces that are taken as bytes come and given back as they go. Not thread-safe.</summary>
internal sealed class ByteQueue
{
    private Queue<byte[]>? _pieces;
    private byte[]? _tail;
    private int _head;
    private int _tailEnd;

    public long Length { get; private set; }

    /// <summary>What the pieces take in memory.</summary>
    public long Capacity { get; private set; }

    public void Write(ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty)
        {
            if (_tail is null || _tailEnd == _tail.Length)
                AddPiece(data.Length);
            var count = Math.Min(data.Length, _tail!.Length - _tailEnd);
            data[..count].CopyTo(_tail.AsSpan(_tailEnd));
            _tailEnd += count;
            Length += count;
            data = data[count..];
        }
    }

    public int Read(Span<byte> destination)
    {
        var done = 0;
        while (done < destination.Length && Length > 0)
        {
            var piece = _pieces!.Peek();
            var end = ReferenceEquals(piece, _tail) ? _tailEnd : piece.Length;
            var count = Math.Min(destination.Length - done, end - _head);
            piece.AsSpan(_head, count).CopyTo(destination[done..]);
            _head += count;
            Length -= count;
            done += count;
            if (_head == end)
                DropPiece();
        }

        return done;
    }

    public void Clear()
    {
        while (_pieces is { Count: > 0 })
            DropPiece();
        Length = 0;
    }

    private void AddPiece(int wanted)
    {
        _tail = Pieces.Rent((int)Math.Min(Math.Max(wanted, Length), SegmentPool.Size));
        _tailEnd = 0;
        Capacity += _tail.Length;
        (_pieces ??= new Queue<byte[]>(2)).Enqueue(_tail);
    }

    private void DropPiece()
    {
        var piece = _pieces!.Dequeue();
        Capacity -= piece.Length;
        _head = 0;
        if (ReferenceEquals(piece, _tail))
        {
            _tail = null;
            _tailEnd = 0;
        }

        Pieces.Return(piece);
    }
}
