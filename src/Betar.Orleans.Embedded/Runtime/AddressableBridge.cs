using Orleans.Serialization;

namespace Orleans.Runtime;

/// <summary>How grains and references travel: as the interface, the type and the key.</summary>
internal sealed class AddressableBridge(GrainTypes types, GrainReferences references) : IAddressableBridge
{
    public object ToReference(object addressable, Type declared)
    {
        var reference = GrainExtensions.ReferenceOf((IAddressable)addressable);
        return declared.IsInterface && !declared.IsInstanceOfType(reference) ? references.Create(reference.GrainId, declared) : reference;
    }

    public byte[] Encode(object reference)
    {
        var grain = (GrainReference)reference;
        using var writer = MessageWriter.Rent();
        writer.WriteBytes(grain.InterfaceType.Value.AsSpan());
        writer.WriteGrainId(grain.GrainId);
        return writer.Written.ToArray();
    }

    public object Decode(ReadOnlySpan<byte> encoded, Type declared)
    {
        var reader = new MessageReader(encoded.ToArray());
        var name = reader.ReadBytes();
        var id = reader.ReadGrainId(types.Names);
        var type = name.IsEmpty ? typeof(IAddressable) : types.InterfaceOf(new(new IdSpan(name.ToArray())));
        return references.Create(id, type is not null && declared.IsAssignableFrom(type) ? type : declared.IsInterface ? declared : typeof(IAddressable));
    }
}
