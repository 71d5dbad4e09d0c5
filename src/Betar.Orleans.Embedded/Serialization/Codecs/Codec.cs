using Orleans.Serialization.Cloning;
using Orleans.Serialization.Serializers;

namespace Betar.Orleans.Embedded.Serialization;

/// <summary>Writes, reads and copies the values of one type.</summary>
public abstract class Codec : IDeepCopier
{
    /// <summary>Whether a copy may be the value itself.</summary>
    public virtual bool IsImmutable => false;

    /// <summary>The type by which the codec's values are announced where another one is declared.</summary>
    internal abstract Type Type { get; }

    internal CodecProvider Codecs { get; set; } = null!;

    public abstract object? DeepCopy(object? input, CopyContext context);

    /// <summary>Writes a value where a base type of it is declared.</summary>
    internal abstract void WriteTyped(WireWriter writer, uint idDelta, object value);

    internal abstract object? ReadObject(ref WireReader reader, WireField field);
}
