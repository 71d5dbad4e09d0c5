using System.Collections.Concurrent;
using Betar.Orleans.Embedded.Serialization;
using Microsoft.Extensions.Options;
using Orleans.Serialization.Configuration;

namespace Orleans.Serialization.Serializers;

/// <summary>Finds the codec of a type, once; later it is one look-up.</summary>
public sealed class CodecProvider
{
    private readonly ConcurrentDictionary<Type, Codec?> _codecs = new();
    private readonly CodecFactory _factory;

    internal CodecProvider(IServiceProvider services, IOptions<TypeManifestOptions> manifest)
    {
        Services = services;
        TypeNames = new TypeNames(manifest.Value);
        _factory = new CodecFactory(manifest.Value, services);
    }

    internal IServiceProvider Services { get; }

    internal TypeNames TypeNames { get; }

    internal Codec<T> Get<T>() => (Codec<T>)Get(typeof(T));

    internal Codec Get(Type type) => TryGet(type) ?? throw NotFound(type);

    internal ClassCodec<T> GetBase<T>()
        where T : class => TryGet(typeof(T)) as ClassCodec<T> ?? throw new CodecNotFoundException(
            $"{typeof(T)} has no codec that derived types could build on. Mark it with [GenerateSerializer], or with "
            + "[SerializerTransparent] when it has no state of its own.");

    internal Codec? TryGet(Type type) => _codecs.TryGetValue(type, out var codec) ? codec : Add(type);

    /// <summary>Whether a codec exists for the type and for what it is made of.</summary>
    internal bool CanSerialize(Type type) =>
        TryGet(type) is not null
        && (type.IsArray ? CanSerialize(type.GetElementType()!) : Array.TrueForAll(type.GetGenericArguments(), CanSerialize));

    internal static CodecNotFoundException NotFound(Type type) => new(
        $"Could not find a codec for type {type}. Mark it with [GenerateSerializer] and its members with [Id(n)], "
        + "or carry it by a surrogate and [RegisterConverter].");

    private Codec? Add(Type type)
    {
        var codec = _factory.Create(type);
        if (codec is { IsShared: false })
            codec.Codecs = this;
        return _codecs.GetOrAdd(type, codec);
    }
}
