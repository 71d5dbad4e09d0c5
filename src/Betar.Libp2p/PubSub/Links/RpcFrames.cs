using Betar.Libp2p.Multiformats;
using Betar.Libp2p.PubSub.Routing;
using Betar.Libp2p.Scheduling;

namespace Betar.Libp2p.PubSub.Links;

/// <summary>Frames of a stream, each behind a varint of its length. Memory grows with what really comes, and a frame that has begun must end in time.</summary>
internal sealed class RpcFrames(Stream stream, int maxBytes, TimeSpan frameTimeout, TimeProvider time)
{
    private const int SmallBuffer = 4096;
    private const int KeptBuffer = 64 * 1024;

    private byte[] _buffer = new byte[SmallBuffer];
    private int _start;
    private int _end;

    /// <summary>Null at the end of the stream. The bytes are valid until the next call.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancellationToken)
    {
        if (_start == _end && _buffer.Length > KeptBuffer)
            (_buffer, _start, _end) = (new byte[SmallBuffer], 0, 0);
        while (true)
        {
            if (TryTake() is { } frame)
                return frame;
            MakeRoom();
            if (await FillAsync(cancellationToken))
                continue;
            return _start == _end ? null : throw new Libp2pException(Libp2pError.Malformed, "The stream ended inside a frame.");
        }
    }

    private ReadOnlyMemory<byte>? TryTake()
    {
        var status = Varint.Read(_buffer.AsSpan(_start, _end - _start), out var length, out var read);
        if (status == VarintStatus.Incomplete)
            return null;
        if (status == VarintStatus.Bad)
            throw new Libp2pException(Libp2pError.Malformed, "A length is not written as a varint.");
        if (length > (ulong)maxBytes)
            throw Libp2pException.Exceeded(GossipCap.RpcBytes, "A frame is longer than allowed.");
        if (_end - _start - read < (int)length)
            return null;
        var frame = _buffer.AsMemory(_start + read, (int)length);
        _start += read + (int)length;
        return frame;
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, 2 * _buffer.Length);
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_end == 0)
        {
            _end = await stream.ReadAsync(_buffer, cancellationToken);
            return _end > 0;
        }

        using var deadline = new Deadline(frameTimeout, time, cancellationToken);
        try
        {
            var read = await stream.ReadAsync(_buffer.AsMemory(_end), deadline.Token);
            _end += read;
            return read > 0;
        }
        catch (OperationCanceledException) when (deadline.Expired)
        {
            throw Libp2pException.Late(GossipCap.LinkTimeout, "A frame did not come to its end in time.");
        }
    }
}
