using System.Buffers.Binary;

namespace Betar.X402.Framing;

/// <summary>
/// Reads the frames of one connection, one after the other. Memory grows with the bytes that really came, never
/// with the length that a peer announces.
/// </summary>
public sealed class FrameReader(Stream stream, FrameLimits limits, TimeProvider time)
{
    private const int BufferSize = 4096;
    private const int FirstBodySize = 16 * 1024;

    private readonly byte[] _buffer = new byte[BufferSize];
    private int _start;
    private int _end;

    public async ValueTask<FrameReadResult> ReadAsync(CancellationToken cancellationToken)
    {
        if (_start == _end)
        {
            var first = await FillAsync(limits.IdleTimeout, FrameReadStatus.Idle, FrameReadStatus.Closed, cancellationToken);
            if (first != FrameReadStatus.Complete)
            {
                return FrameReadResult.Failed(first);
            }
        }

        using var headerDeadline = new Deadline(limits.HeaderTimeout, time, cancellationToken);
        var status = await BufferAsync(FrameCodec.TypeLengthSize, headerDeadline);
        if (status != FrameReadStatus.Complete)
        {
            return FrameReadResult.Failed(status);
        }

        var typeLength = BinaryPrimitives.ReadUInt16BigEndian(_buffer.AsSpan(_start));
        if (typeLength is 0 or > FrameCodec.MaxTypeLength)
        {
            return FrameReadResult.Failed(FrameReadStatus.Malformed);
        }

        var headerLength = FrameCodec.TypeLengthSize + typeLength + FrameCodec.DataLengthSize;
        status = await BufferAsync(headerLength, headerDeadline);
        if (status != FrameReadStatus.Complete)
        {
            return FrameReadResult.Failed(status);
        }

        var type = FrameCodec.DecodeType(_buffer.AsSpan(_start + FrameCodec.TypeLengthSize, typeLength));
        if (type is null)
        {
            return FrameReadResult.Failed(FrameReadStatus.Malformed);
        }

        var dataLength = BinaryPrimitives.ReadUInt32BigEndian(_buffer.AsSpan(_start + FrameCodec.TypeLengthSize + typeLength));
        _start += headerLength;
        return dataLength > limits.MaxLengthOf(type)
            ? FrameReadResult.Failed(FrameReadStatus.TooLarge)
            : await ReadDataAsync(type, (int)dataLength, cancellationToken);
    }

    private async ValueTask<FrameReadResult> ReadDataAsync(string type, int length, CancellationToken cancellationToken)
    {
        var data = new byte[Math.Min(length, Math.Max(FirstBodySize, _end - _start))];
        var received = Math.Min(length, _end - _start);
        _buffer.AsSpan(_start, received).CopyTo(data);
        _start += received;
        if (received < length)
        {
            using var deadline = new Deadline(limits.BodyTimeout, time, cancellationToken);
            while (received < length)
            {
                if (received == data.Length)
                {
                    Array.Resize(ref data, Math.Min(length, 2 * data.Length));
                }

                var count = await ReadSomeAsync(data.AsMemory(received), deadline);
                if (count <= 0)
                {
                    return FrameReadResult.Failed(count == 0 ? FrameReadStatus.Truncated : FrameReadStatus.TooSlow);
                }

                received += count;
            }
        }

        return new FrameReadResult(FrameReadStatus.Complete, new Frame(type, data));
    }

    private async ValueTask<FrameReadStatus> FillAsync(
        TimeSpan timeout, FrameReadStatus onTimeout, FrameReadStatus onEnd, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(timeout, time, cancellationToken);
        _start = 0;
        _end = 0;
        var count = await ReadSomeAsync(_buffer, deadline);
        _end = Math.Max(count, 0);
        return count switch
        {
            0 => onEnd,
            < 0 => onTimeout,
            _ => FrameReadStatus.Complete,
        };
    }

    // Makes at least that many unread bytes lie in the buffer; a header always fits.
    private async ValueTask<FrameReadStatus> BufferAsync(int wanted, Deadline deadline)
    {
        if (_buffer.Length - _start < wanted)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        while (_end - _start < wanted)
        {
            var count = await ReadSomeAsync(_buffer.AsMemory(_end), deadline);
            if (count <= 0)
            {
                return count == 0 ? FrameReadStatus.Truncated : FrameReadStatus.TooSlow;
            }

            _end += count;
        }

        return FrameReadStatus.Complete;
    }

    // 0 at the end of the stream, also a broken one; -1 when the deadline came first.
    private async ValueTask<int> ReadSomeAsync(Memory<byte> destination, Deadline deadline)
    {
        try
        {
            return await stream.ReadAsync(destination, deadline.Token);
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            return -1;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
