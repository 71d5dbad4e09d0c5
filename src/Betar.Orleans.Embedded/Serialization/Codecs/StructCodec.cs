using Orleans.Serialization.Cloning;

namespace Betar.Orleans.Embedded.Serialization;

/// <summary>Base of the codecs that are generated for structs.</summary>
public abstract class StructCodec<T> : ObjectCodec<T>
    where T : struct
{
    public abstract void WriteMembers(WireWriter writer, ref T value);

    public abstract void ReadMembers(ref WireReader reader, ref T value);

    public abstract void CopyMembers(ref T input, ref T output, CopyContext context);

    internal sealed override void WriteContent(WireWriter writer, uint idDelta, T value)
    {
        writer.BeginObject(idDelta);
        WriteMembers(writer, ref value);
        writer.EndObject();
    }

    internal sealed override T ReadContent(ref WireReader reader, WireField field)
    {
        reader.BeginObject(field);
        var value = default(T);
        ReadMembers(ref reader, ref value);
        reader.EndObject();
        return value;
    }

    internal sealed override T CopyContent(T input, CopyContext context)
    {
        var output = input;
        CopyMembers(ref input, ref output, context);
        return output;
    }
}
