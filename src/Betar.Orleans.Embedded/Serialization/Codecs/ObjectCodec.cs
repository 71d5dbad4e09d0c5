using Orleans.Serialization.Cloning;

namespace Betar.Orleans.Embedded.Serialization;

/// <summary>
/// A value with an identity: null, a second mention of the same object, and a derived type are dealt with here; the content is the
/// derived codec's.
/// </summary>
public abstract class ObjectCodec<T> : Codec<T>
{
    public sealed override void Write(WireWriter writer, uint idDelta, T value)
    {
        if (typeof(T).IsValueType)
            WriteContent(writer, idDelta, value);
        else if (value is null)
            writer.WriteNull(idDelta);
        else if (value.GetType() != typeof(T))
            Codecs.Get(value.GetType()).WriteTyped(writer, idDelta, value);
        else if (!writer.TryWriteReference(idDelta, value))
            WriteContent(writer, idDelta, value);
    }

    public sealed override T Read(ref WireReader reader, WireField field)
    {
        if (field.WireType == WireType.Reference)
            return reader.ReadReference(this, field)!;
        if (typeof(T).IsValueType || field.TypeOffset < 0)
            return ReadContent(ref reader, field);
        var type = reader.TypeOf(field, typeof(T));
        if (type == typeof(T))
            return ReadContent(ref reader, field);
        if (!typeof(T).IsAssignableFrom(type))
            throw WireReader.Malformed($"a {type} stands for a {typeof(T)}");
        return (T)Codecs.Get(type).ReadObject(ref reader, field)!;
    }

    public sealed override T DeepCopy(T input, CopyContext context)
    {
        if (typeof(T).IsValueType)
            return IsImmutable ? input : CopyContent(input, context);
        if (input is null)
            return input;
        if (input.GetType() != typeof(T))
            return (T)Codecs.Get(input.GetType()).DeepCopy(input, context)!;
        if (IsImmutable)
            return input;
        if (context.TryGetCopy<object>(input, out var known))
            return (T)known!;
        context.Enter();
        var copy = CopyContent(input, context);
        context.Leave();
        return copy;
    }

    internal abstract void WriteContent(WireWriter writer, uint idDelta, T value);

    /// <summary>Records the object before its members are read, where it can be a member of itself.</summary>
    internal abstract T ReadContent(ref WireReader reader, WireField field);

    /// <summary>Records the copy before its members are copied, where it can be a member of itself.</summary>
    internal abstract T CopyContent(T input, CopyContext context);
}
