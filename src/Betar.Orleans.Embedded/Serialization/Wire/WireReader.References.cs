namespace Betar.Orleans.Embedded.Serialization;

public ref partial struct WireReader
{
    /// <summary>Remembers an object by where its header stands, before its members are read.</summary>
    public readonly void Record(WireField field, object value) => _session.Record(field.Offset, value);

    /// <summary>The type that the field names, or the declared one.</summary>
    internal readonly Type TypeOf(WireField field, Type declared) =>
        field.TypeOffset < 0 ? declared : _session.ResolveType(field.TypeOffset, TypeNameAt(field.TypeOffset));

    internal Type ReadType(WireField field) => _session.CodecProvider.TypeNames.Resolve(ReadBytes(field));

    /// <summary>
    /// Follows a reference. When it points into a member that was skipped because this version does not know it, the object is read
    /// there and then; all such second readings together may not exceed the message's length.
    /// </summary>
    internal T? ReadReference<T>(Codec<T>? codec, WireField field)
    {
        Expect(field, WireType.Reference);
        var target = ReadVarUInt();
        if (target == 0)
            return default(T) is null ? default : throw Malformed($"null stands for a {typeof(T)}");
        if (target > (ulong)field.Offset)
            throw Malformed("a reference points forward");
        var offset = (int)target - 1;
        if (_session.Find(offset) is { } known)
            return known is T typed ? typed : throw Malformed($"a reference to a {known.GetType()} stands for a {typeof(T)}");
        if (codec is null)
            throw Malformed("a reference points at nothing");

        var back = _position;
        _position = offset;
        if (++_depth > WireLimits.MaxDepth)
            throw Malformed("references are nested too deep");
        var again = ReadHeader(out _);
        if (again.WireType == WireType.Reference)
            throw Malformed("a reference points at a reference");
        var value = codec.Read(ref this, again);
        _rereadBudget -= _position - offset;
        if (_rereadBudget < 0)
            throw Malformed("too many references point into unknown members");
        _depth--;
        _position = back;
        return value;
    }

    private int ReadTypeOffset()
    {
        var offset = _position;
        var number = ReadVarUInt();
        if ((number & 1) == 0)
        {
            if (number >> 1 > WireLimits.MaxTypeName)
                throw Malformed("a type name is too long");
            Take((int)(number >> 1));
            return offset;
        }

        return number >> 1 < (ulong)offset ? (int)(number >> 1) : throw Malformed("a type reference points forward");
    }

    private readonly ReadOnlySpan<byte> TypeNameAt(int offset)
    {
        var at = new WireReader(_data, _session) { _position = offset };
        var number = at.ReadVarUInt();
        if ((number & 1) != 0 || number >> 1 > (ulong)Math.Min(at.Remaining, WireLimits.MaxTypeName))
            throw Malformed("a type reference points at no type");
        return at.Take((int)(number >> 1));
    }
}
