namespace Betar.Orleans.Embedded.Serialization;

/// <summary>
/// How a field's content is laid out: the upper three bits of its header. Bit 4 says that a type follows; the lower four bits are
/// the distance to the previous field's id (15: the rest of it follows as a variable-length integer).
/// </summary>
public enum WireType
{
    VarInt = 0,
    Group = 1,
    Bytes = 2,
    Fixed32 = 3,
    Fixed64 = 4,
    Fixed128 = 5,

    /// <summary>The offset of an object's header earlier in the message; 0 is null.</summary>
    Reference = 6,

    /// <summary>Ends an object, or with bit 4 the members of one base class.</summary>
    End = 7,
}
