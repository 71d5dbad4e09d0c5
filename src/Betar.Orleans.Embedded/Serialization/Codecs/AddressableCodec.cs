using Orleans.Serialization;
using Orleans.Serialization.Cloning;

namespace Betar.Orleans.Embedded.Serialization;

/// <summary>A grain or a reference to one: what travels is always a reference.</summary>
internal sealed class AddressableCodec<T>(IAddressableBridge bridge) : Codec<T>
{
    internal override Type Type => bridge.Root;

    public override void Write(WireWriter writer, uint idDelta, T value)
    {
        if (value is null)
            writer.WriteNull(idDelta);
        else
            writer.WriteBytes(idDelta, bridge.Encode(bridge.ToReference(value, typeof(T))));
    }

    public override T Read(ref WireReader reader, WireField field)
    {
        if (field.WireType == WireType.Reference)
            return reader.ReadReference<T>(null, field)!;
        var reference = bridge.Decode(reader.ReadBytes(field), typeof(T));
        return reference is T typed ? typed : throw WireReader.Malformed($"a {reference.GetType()} stands for a {typeof(T)}");
    }

    public override T DeepCopy(T input, CopyContext context) => input is null ? input : (T)bridge.ToReference(input, typeof(T));
}
