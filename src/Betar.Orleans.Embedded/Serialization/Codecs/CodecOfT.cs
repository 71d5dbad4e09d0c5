using Orleans.Serialization.Cloning;

namespace Betar.Orleans.Embedded.Serialization;

public abstract class Codec<T> : Codec, IDeepCopier<T>
{
    internal override Type Type => typeof(T);

    public abstract void Write(WireWriter writer, uint idDelta, T value);

    public abstract T Read(ref WireReader reader, WireField field);

    public abstract T DeepCopy(T input, CopyContext context);

    public sealed override object? DeepCopy(object? input, CopyContext context) => DeepCopy((T)input!, context);

    internal sealed override void WriteTyped(WireWriter writer, uint idDelta, object value)
    {
        writer.WriteTypeWithNextHeader(Type);
        Write(writer, idDelta, (T)value);
    }

    internal sealed override object? ReadObject(ref WireReader reader, WireField field) => Read(ref reader, field);
}
