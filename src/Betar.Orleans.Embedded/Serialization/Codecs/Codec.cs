using Microsoft.Extensions.DependencyInjection;
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

    /// <summary>Whether one instance serves every container, since it needs no other codec.</summary>
    internal virtual bool IsShared => false;

    internal CodecProvider Codecs { get; set; } = null!;

    public abstract object? DeepCopy(object? input, CopyContext context);

    /// <summary>Writes a value where a base type of it is declared.</summary>
    internal abstract void WriteTyped(WireWriter writer, uint idDelta, object value);

    internal abstract object? ReadObject(ref WireReader reader, WireField field);

    protected Codec<T> GetCodec<T>() => Codecs.Get<T>();

    protected ClassCodec<T> GetBaseCodec<T>()
        where T : class => Codecs.GetBase<T>();

    /// <summary>Takes a service for a constructor that asks for one.</summary>
    protected static T Service<T>(IServiceProvider services)
        where T : notnull => services.GetRequiredService<T>();
}
