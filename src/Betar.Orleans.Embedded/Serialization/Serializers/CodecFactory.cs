using Betar.Orleans.Embedded.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Serialization.Configuration;

namespace Orleans.Serialization.Serializers;

/// <summary>Makes codecs: generated ones first, then the built-in ones.</summary>
internal sealed class CodecFactory
{
    private readonly Dictionary<Type, Type> _generated = [];
    private readonly Dictionary<Type, (Type Converter, Type Surrogate)> _converters = [];
    private readonly IServiceProvider _services;

    public CodecFactory(TypeManifestOptions manifest, IServiceProvider services)
    {
        _services = services;
        foreach (var codec in manifest.Serializers)
            _generated[Definition(SubjectOf(codec))] = codec;
        foreach (var converter in manifest.Converters)
        {
            foreach (var contract in converter.GetInterfaces())
            {
                if (contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IConverter<,>))
                    _converters[Definition(contract.GenericTypeArguments[0])] = (converter, contract.GenericTypeArguments[1]);
            }
        }
    }

    /// <summary>The type that a generated codec is for.</summary>
    public static Type SubjectOf(Type codec)
    {
        for (var type = codec; type is not null; type = type.BaseType)
        {
            if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Codec<>))
                return type.GenericTypeArguments[0];
        }

        throw new InvalidOperationException($"{codec} is not a codec.");
    }

    public Codec? Create(Type type)
    {
        if (_generated.TryGetValue(Definition(type), out var codec))
            return New(codec, type.GenericTypeArguments);
        if (_converters.TryGetValue(Definition(type), out var converter))
            return Converted(type, converter.Converter, converter.Surrogate);
        if (BuiltInCodecs.TryCreate(type) is { } builtIn)
            return builtIn;
        if (typeof(Exception).IsAssignableFrom(type))
            return ExceptionCodecs.IsSupported(type) ? New(ExceptionCodecs.CodecFor(type), [type]) : null;
        if (typeof(IAddressable).IsAssignableFrom(type))
            return New(typeof(AddressableCodec<>), [type]);
        return type.IsInterface || type.IsAbstract || type == typeof(object) ? New(typeof(PolymorphicCodec<>), [type]) : null;
    }

    internal static Codec New(Type codec, Type[] arguments) =>
        (Codec)Activator.CreateInstance(codec.IsGenericTypeDefinition ? codec.MakeGenericType(arguments) : codec, nonPublic: true)!;

    private Codec Converted(Type type, Type converter, Type surrogate)
    {
        if (converter.IsGenericTypeDefinition)
        {
            converter = converter.MakeGenericType(type.GenericTypeArguments);
            surrogate = converter.GetInterface(typeof(IConverter<,>).Name)!.GenericTypeArguments[1];
        }

        var instance = ActivatorUtilities.CreateInstance(_services, converter);
        return (Codec)Activator.CreateInstance(typeof(ConverterCodec<,>).MakeGenericType(type, surrogate), instance)!;
    }

    private static Type Definition(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : type;
}
