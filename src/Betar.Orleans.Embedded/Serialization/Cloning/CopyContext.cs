using Betar.Orleans.Embedded.Serialization;
using Orleans.Serialization.Serializers;

namespace Orleans.Serialization.Cloning;

/// <summary>One deep copy: remembers what was copied, so that shared references stay shared and cycles end.</summary>
public sealed class CopyContext(CodecProvider codecProvider, Action<CopyContext> onDisposed) : IDisposable
{
    private const int LinearLimit = 8;
    private readonly object?[] _originals = new object?[LinearLimit];
    private readonly object?[] _copies = new object?[LinearLimit];
    private Dictionary<object, object>? _map;
    private int _count;
    private int _depth;

    internal CodecProvider Codecs { get; } = codecProvider;

    public T DeepCopy<T>(T value) => Codecs.Get<T>().DeepCopy(value, this);

    public bool TryGetCopy<T>(object? original, out T? result)
        where T : class
    {
        result = null;
        if (original is null)
            return true;
        for (var i = 0; i < Math.Min(_count, LinearLimit); i++)
        {
            if (ReferenceEquals(_originals[i], original))
            {
                result = _copies[i] as T;
                return true;
            }
        }

        if (_map is { Count: > 0 } && _map.TryGetValue(original, out var copy))
        {
            result = copy as T;
            return true;
        }

        return false;
    }

    public void RecordCopy(object original, object copy)
    {
        if (_count < LinearLimit)
        {
            _originals[_count] = original;
            _copies[_count] = copy;
        }
        else
        {
            (_map ??= new(ReferenceEqualityComparer.Instance))[original] = copy;
        }

        _count++;
    }

    public void Reset()
    {
        Array.Clear(_originals, 0, Math.Min(_count, LinearLimit));
        Array.Clear(_copies, 0, Math.Min(_count, LinearLimit));
        if (_map is { Count: > 1024 })
            _map = null;
        _map?.Clear();
        _count = 0;
        _depth = 0;
    }

    public void Dispose()
    {
        Reset();
        onDisposed(this);
    }

    internal void Enter()
    {
        if (++_depth > WireLimits.MaxDepth)
            throw new SerializerException($"The value is nested deeper than {WireLimits.MaxDepth} levels.");
    }

    internal void Leave() => _depth--;
}
