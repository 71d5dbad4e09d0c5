using Orleans.Serialization.Cloning;

namespace Betar.Orleans.Embedded.Serialization;

/// <summary>Base of the codecs that are generated for classes.</summary>
public abstract class ClassCodec<T> : ObjectCodec<T>
    where T : class
{
    public abstract void WriteMembers(WireWriter writer, T value);

    public abstract void ReadMembers(ref WireReader reader, T value);

    public abstract void CopyMembers(T input, T output, CopyContext context);

    /// <summary>An object whose members are about to be set.</summary>
    protected abstract T Create(IServiceProvider services);

    internal override void WriteContent(WireWriter writer, uint idDelta, T value)
    {
        writer.BeginObject(idDelta);
        WriteMembers(writer, value);
        writer.EndObject();
    }

    internal override T ReadContent(ref WireReader reader, WireField field)
    {
        reader.BeginObject(field);
        var value = Create(Codecs.Services);
        reader.Record(field, value);
        ReadMembers(ref reader, value);
        reader.EndObject();
        return value;
    }

    internal override T CopyContent(T input, CopyContext context)
    {
        var copy = Create(Codecs.Services);
        context.RecordCopy(input, copy);
        CopyMembers(input, copy, context);
        return copy;
    }
}
