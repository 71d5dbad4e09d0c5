using Orleans.Serialization.Cloning;

namespace Betar.Orleans.Embedded.Serialization;

internal sealed class NullableCodec<T> : Codec<T?>
    where T : struct
{
    private Codec<T>? _inner;

    public override bool IsImmutable => Inner.IsImmutable;

    private Codec<T> Inner => _inner ??= Codecs.Get<T>();

    public override void Write(WireWriter writer, uint idDelta, T? value)
    {
        if (value is { } present)
            Inner.Write(writer, idDelta, present);
        else
            writer.WriteNull(idDelta);
    }

    public override T? Read(ref WireReader reader, WireField field) =>
        field.WireType == WireType.Reference ? reader.ReadReference<T?>(null, field) : Inner.Read(ref reader, field);

    public override T? DeepCopy(T? input, CopyContext context) => input is { } present ? Inner.DeepCopy(present, context) : null;
}
