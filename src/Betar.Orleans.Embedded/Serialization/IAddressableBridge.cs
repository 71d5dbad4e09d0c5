namespace Orleans.Serialization;

/// <summary>How grains and references to them travel; the runtime implements it.</summary>
internal interface IAddressableBridge
{
    /// <summary>A grain becomes a reference to itself as the declared interface; a reference stays what it is.</summary>
    object ToReference(object addressable, Type declared);

    byte[] Encode(object reference);

    object Decode(ReadOnlySpan<byte> encoded, Type declared);
}
