namespace Betar.Orleans.Embedded.Serialization;

public sealed partial class WireWriter
{
    private const int LinearLimit = 8;
    private readonly object?[] _objects = new object?[LinearLimit];
    private readonly int[] _objectOffsets = new int[LinearLimit];
    private readonly Type?[] _types = new Type?[LinearLimit];
    private readonly int[] _typeOffsets = new int[LinearLimit];
    private Dictionary<object, int>? _moreObjects;
    private int _objectCount;
    private int _typeCount;

    /// <summary>Writes where the object already stands in this message, or remembers that it comes next.</summary>
    internal bool TryWriteReference(uint idDelta, object value)
    {
        var known = -1;
        for (var i = 0; i < Math.Min(_objectCount, LinearLimit); i++)
        {
            if (ReferenceEquals(_objects[i], value))
                known = _objectOffsets[i];
        }

        if (known < 0 && _objectCount > LinearLimit && _moreObjects!.TryGetValue(value, out var offset))
            known = offset;
        if (known < 0)
        {
            Remember(value);
            return false;
        }

        _pendingType = null;
        WriteHeader(WireType.Reference, idDelta);
        WriteVarUInt((ulong)known + 1);
        return true;
    }

    private void Remember(object value)
    {
        if (_objectCount < LinearLimit)
        {
            _objects[_objectCount] = value;
            _objectOffsets[_objectCount] = _length;
        }
        else
        {
            (_moreObjects ??= new(ReferenceEqualityComparer.Instance)).Add(value, _length);
        }

        _objectCount++;
    }

    /// <summary>An even number is the length of a name that follows, an odd one where such a number stands.</summary>
    private void WriteType(Type type)
    {
        for (var i = 0; i < _typeCount; i++)
        {
            if (_types[i] == type)
            {
                WriteVarUInt(((ulong)_typeOffsets[i] << 1) | 1);
                return;
            }
        }

        if (_typeCount < LinearLimit)
        {
            _types[_typeCount] = type;
            _typeOffsets[_typeCount++] = _length;
        }

        var name = Codecs.TypeNames.Format(type);
        WriteVarUInt((ulong)name.Length << 1);
        name.CopyTo(Take(name.Length));
    }

    private void ResetReferences()
    {
        Array.Clear(_objects, 0, Math.Min(_objectCount, LinearLimit));
        if (_moreObjects is { Count: > 1024 })
            _moreObjects = null;
        _moreObjects?.Clear();
        _objectCount = 0;
        _typeCount = 0;
    }
}
