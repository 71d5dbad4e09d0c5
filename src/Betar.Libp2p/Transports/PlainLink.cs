using System.Buffers;
using System.Runtime.CompilerServices;
using Betar.Libp2p.Multiformats;

namespace Betar.Libp2p.Transports;

/// <summary>
/// The one receive buffer of a connection, from the socket up to the streams. It is small while little comes, and grows only when it
/// is really full, so a length that a peer merely claims costs nothing.
/// </summary>
internal sealed class PlainLink(IByteChannel channel) : ILink
{
    internal const int Smallest = 4 * 1024;
    internal const int Largest = 128 * 1024;
    private byte[] _buffer = [];
    private int _start;
    private int _end;
    private bool _lastFilled;
    private bool _lastSmall;
    private bool _released;

    public Multiaddr Local => channel.Local;

    public Multiaddr Remote => channel.Remote;

    /// <summary>What has arrived and is not consumed. It may be changed in place.</summary>
    public Memory<byte> Received => _buffer.AsMemory(_start, _end - _start);

    /// <summary>The size of the buffer as it stands.</summary>
    internal int Capacity => _buffer.Length;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ReadOnlyMemory<byte>> ReceiveAsync(CancellationToken cancellationToken)
    {
        await FillAsync(1, cancellationToken);
        return Received;
    }

    /// <summary>Waits until so many bytes are there; false: the other side ended before.</summary>
    public ValueTask<bool> FillAsync(int atLeast, CancellationToken cancellationToken) =>
        _end - _start >= atLeast ? new ValueTask<bool>(true) : FillMoreAsync(atLeast, cancellationToken);

    public void Consume(int count)
    {
        _start += count;
        if (_start == _end)
            _start = _end = 0;
    }

    public ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (_start == _end)
            return channel.ReadAsync(buffer, cancellationToken);
        var count = Math.Min(buffer.Length, _end - _start);
        Received[..count].CopyTo(buffer);
        Consume(count);
        return new ValueTask<int>(count);
    }

    public ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken) => channel.WriteAsync(data, cancellationToken);

    public void Abort() => channel.Abort();

    public ValueTask DisposeAsync() => channel.DisposeAsync();

    public void ReleaseBuffer()
    {
        if (_released)
            return;
        _released = true;
        var buffer = _buffer;
        _buffer = [];
        _start = _end = 0;
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> FillMoreAsync(int atLeast, CancellationToken cancellationToken)
    {
        while (_end - _start < atLeast)
        {
            MakeRoom();
            var room = _buffer.Length - _end;
            var count = await channel.ReadAsync(_buffer.AsMemory(_end, room), cancellationToken);
            if (count == 0)
                return false;
            _end += count;
            _lastFilled = count == room;
            _lastSmall = count <= Smallest / 2;
        }

        return true;
    }

    private void MakeRoom()
    {
        ObjectDisposedException.ThrowIf(_released, this);
        var held = _end - _start;
        if (_buffer.Length == 0)
            Resize(Smallest);
        else if (held == 0 && _lastSmall && _buffer.Length > Smallest)
            Resize(Smallest);
        else if (_lastFilled && _buffer.Length < Largest)
            Resize(_buffer.Length * 2);
        else if (_end == _buffer.Length)
            Compact();
    }

    private void Compact()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
    }

    private void Resize(int size)
    {
        var larger = ArrayPool<byte>.Shared.Rent(size);
        var held = _end - _start;
        _buffer.AsSpan(_start, held).CopyTo(larger);
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
        _start = 0;
        _end = held;
        _lastFilled = false;
    }
}
