using Orleans.Serialization.Cloning;

namespace Betar.Orleans.Embedded.Serialization;

/// <summary>Interfaces, abstract classes and <see cref="object"/>: the codec of the value's own type does the work.</summary>
internal sealed class PolymorphicCodec<T> : ObjectCodec<T>
{
    internal override void WriteContent(WireWriter writer, uint idDelta, T value)
    {
        // Only a plain object has exactly a type that cannot be anything else here.
        writer.BeginObject(idDelta);
        writer.EndObject();
    }

    internal override T ReadContent(ref WireReader reader, WireField field)
    {
        if (typeof(T) != typeof(object))
            throw WireReader.Malformed($"no type is given where {typeof(T)} is declared");
        reader.BeginObject(field);
        var value = new object();
        reader.Record(field, value);
        reader.EndObject();
        return (T)value;
    }

    internal override T CopyContent(T input, CopyContext context)
    {
        var copy = new object();
        context.RecordCopy(input!, copy);
        return (T)copy;
    }
}
