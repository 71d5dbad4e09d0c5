namespace Betar.Orleans.Embedded.Serialization;

/// <summary>A field's header as read.</summary>
/// <param name="WireType">The layout of what follows.</param>
/// <param name="Offset">Where the header stands: the identity of the object that it opens.</param>
/// <param name="TypeOffset">Where the type's name stands, or -1 when the declared type is meant.</param>
public readonly record struct WireField(WireType WireType, int Offset, int TypeOffset);
