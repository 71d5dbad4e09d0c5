using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Serialization;
using Orleans.Serialization.Cloning;

namespace Betar.Orleans.Embedded.Serialization;

/// <summary>A grain or a reference to one: what travels is always a reference.</summary>
internal sealed class AddressableCodec<T> : Codec<T>
{
    private IAddressableBridge? _bridge;

    internal override Type Type => typeof(IAddressable);

    // Resolved when first needed: the runtime behind it needs the serializer itself.
    private IAddressableBridge Bridge => _bridge ??= Codecs.Services.GetService<IAddressableBridge>()
        ?? throw new SerializerException($"A reference ({typeof(T)}) can be written and read by a silo or client only.");

    public override void Write(WireWriter writer, uint idDelta, T value)
    {
        if (value is null)
            writer.WriteNull(idDelta);
        else
            writer.WriteBytes(idDelta, Bridge.Encode(Bridge.ToReference(value, typeof(T))));
    }

    public override T Read(ref WireReader reader, WireField field)
    {
        if (field.WireType == WireType.Reference)
            return reader.ReadReference<T>(null, field)!;
        var reference = Bridge.Decode(reader.ReadBytes(field), typeof(T));
        return reference is T typed ? typed : throw WireReader.Malformed($"a {reference.GetType()} stands for a {typeof(T)}");
    }

    public override T DeepCopy(T input, CopyContext context) => input is null ? input : (T)Bridge.ToReference(input, typeof(T));
}
