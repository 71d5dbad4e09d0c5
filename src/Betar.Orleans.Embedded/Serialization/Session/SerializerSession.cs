using Betar.Orleans.Embedded.Serialization;
using Orleans.Serialization.Serializers;

namespace Orleans.Serialization.Session;

/// <summary>What is remembered while one message is written or read.</summary>
public sealed class SerializerSession : IDisposable
{
    private readonly Action<SerializerSession> _onDisposed;
    private int[] _offsets = new int[16];
    private object?[] _objects = new object?[16];
    private int _count;
    private Dictionary<int, object>? _byOffset;
    private int _lastTypeOffset = -1;
    private Type? _lastType;

    internal SerializerSession(CodecProvider codecProvider, Action<SerializerSession> onDisposed)
    {
        CodecProvider = codecProvider;
        _onDisposed = onDisposed;
        Writer = new WireWriter(codecProvider);
    }

    public CodecProvider CodecProvider { get; }

    internal WireWriter Writer { get; }

    public void Reset()
    {
        Writer.Reset();
        Array.Clear(_objects, 0, _count);
        if (_objects.Length > 4096)
        {
            _offsets = new int[16];
            _objects = new object?[16];
        }

        _count = 0;
        _byOffset = null;
        _lastTypeOffset = -1;
    }

    public void Dispose()
    {
        Reset();
        _onDisposed(this);
    }

    internal void Record(int offset, object value)
    {
        if (_count == _offsets.Length)
        {
            Array.Resize(ref _offsets, _count * 2);
            Array.Resize(ref _objects, _count * 2);
        }

        _offsets[_count] = offset;
        _objects[_count++] = value;
        if (_byOffset is not null)
            _byOffset[offset] = value;
    }

    internal object? Find(int offset)
    {
        if (_byOffset is null)
        {
            // Most messages hold no references: the index is built when the first one is met.
            _byOffset = new(_count);
            for (var i = 0; i < _count; i++)
                _byOffset[_offsets[i]] = _objects[i]!;
        }

        return _byOffset.GetValueOrDefault(offset);
    }

    internal Type ResolveType(int offset, ReadOnlySpan<byte> name)
    {
        if (offset != _lastTypeOffset)
        {
            _lastType = CodecProvider.TypeNames.Resolve(name);
            _lastTypeOffset = offset;
        }

        return _lastType!;
    }
}
