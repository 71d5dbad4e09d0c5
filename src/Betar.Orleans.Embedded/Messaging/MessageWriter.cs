using System.Buffers;
using System.Buffers.Binary;

namespace Orleans.Runtime;

/// <summary>A reusable buffer for one message at a time.</summary>
internal sealed class MessageWriter : IBufferWriter<byte>, IDisposable
{
    private const int InitialSize = 1024;
    private const int KeepAtMost = 64 * 1024;

    [ThreadStatic]
    private static MessageWriter? t_spare;

    private byte[] _buffer = new byte[InitialSize];
    private int _length;

    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, _length);

    public int Length => _length;

    public static MessageWriter Rent()
    {
        var writer = t_spare ?? new MessageWriter();
        t_spare = null;
        writer._length = 0;
        return writer;
    }

    public void Dispose()
    {
        if (_buffer.Length <= KeepAtMost)
            t_spare = this;
    }

    public void TruncateTo(int length) => _length = length;

    public void Advance(int count) => _length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Ensure(Math.Max(sizeHint, 1));
        return _buffer.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Ensure(Math.Max(sizeHint, 1));
        return _buffer.AsSpan(_length);
    }

    public void WriteByte(byte value)
    {
        Ensure(1);
        _buffer[_length++] = value;
    }

    public void WriteLong(long value)
    {
        Ensure(sizeof(long));
        BinaryPrimitives.WriteInt64LittleEndian(_buffer.AsSpan(_length), value);
        _length += sizeof(long);
    }

    public void WriteBytes(ReadOnlySpan<byte> value)
    {
        Ensure(sizeof(int) + value.Length);
        BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(_length), value.Length);
        value.CopyTo(_buffer.AsSpan(_length + sizeof(int)));
        _length += sizeof(int) + value.Length;
    }

    public void WriteGrainId(GrainId id)
    {
        WriteBytes(id.Type.AsSpan());
        WriteBytes(id.Key.AsSpan());
    }

    private void Ensure(int more)
    {
        if (_buffer.Length - _length < more)
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + more));
    }
}
