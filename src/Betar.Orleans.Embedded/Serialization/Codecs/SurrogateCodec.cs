using Orleans.Serialization.Cloning;

namespace Betar.Orleans.Embedded.Serialization;

/// <summary>Carries a value by something else that has a codec, as the one member of an object.</summary>
internal abstract class SurrogateCodec<T, TSurrogate> : ObjectCodec<T>
{
    private Codec<TSurrogate>? _surrogates;

    protected Codec<TSurrogate> Surrogates => _surrogates ??= Codecs.Get<TSurrogate>();

    protected abstract TSurrogate ToSurrogate(T value);

    protected abstract T FromSurrogate(TSurrogate surrogate);

    internal sealed override void WriteContent(WireWriter writer, uint idDelta, T value)
    {
        writer.BeginObject(idDelta);
        Surrogates.Write(writer, 0, ToSurrogate(value));
        writer.EndObject();
    }

    internal sealed override T ReadContent(ref WireReader reader, WireField field)
    {
        reader.BeginObject(field);
        var surrogate = Surrogates.Read(ref reader, reader.ReadHeader(out _));
        var value = FromSurrogate(surrogate);
        if (!typeof(T).IsValueType)
            reader.Record(field, value!);
        reader.EndObject();
        return value;
    }

    internal sealed override T CopyContent(T input, CopyContext context)
    {
        var copy = FromSurrogate(Surrogates.DeepCopy(ToSurrogate(input), context));
        if (!typeof(T).IsValueType)
            context.RecordCopy(input!, copy!);
        return copy;
    }
}
