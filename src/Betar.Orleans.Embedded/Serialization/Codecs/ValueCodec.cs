using Orleans.Serialization.Cloning;

namespace Betar.Orleans.Embedded.Serialization;

/// <summary>A value without parts that could change: one field, no identity.</summary>
internal sealed class ValueCodec<T>(Action<WireWriter, uint, T> write, ValueReader<T> read) : Codec<T>
{
    public override bool IsImmutable => true;

    internal override bool IsShared => true;

    public override void Write(WireWriter writer, uint idDelta, T value)
    {
        if (value is null)
            writer.WriteNull(idDelta);
        else
            write(writer, idDelta, value);
    }

    public override T Read(ref WireReader reader, WireField field) =>
        field.WireType == WireType.Reference ? reader.ReadReference<T>(null, field)! : read(ref reader, field);

    public override T DeepCopy(T input, CopyContext context) => input;
}
