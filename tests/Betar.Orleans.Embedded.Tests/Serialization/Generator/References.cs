using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Runtime;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Configuration;

namespace Betar.Orleans.Embedded.Tests.Serialization.Generator;

/// <summary>Makes generated references without a silo.</summary>
internal static class References
{
    public static TypeManifestOptions Manifest { get; } = SerializerHost.Services.GetRequiredService<IOptions<TypeManifestOptions>>().Value;

    public static T Make<T>(RecordingRuntime runtime)
    {
        var proxies = Manifest.InterfaceProxies.Select(static proxy =>
            proxy.IsGenericTypeDefinition && typeof(T).IsGenericType && proxy.GetGenericArguments().Length == typeof(T).GenericTypeArguments.Length
                ? TryMake(proxy, typeof(T).GenericTypeArguments) : proxy);
        // An interface's own reference is the one that implements the fewest interfaces.
        var type = proxies.Where(static proxy => proxy is not null && typeof(T).IsAssignableFrom(proxy)).MinBy(static proxy => proxy!.GetInterfaces().Length)!;
        var shared = new GrainReferenceShared(
            GrainType.Create("odd"), GrainInterfaceType.Create(typeof(T).Name), 0, runtime, default, SerializerHost.Codecs,
            SerializerHost.Services.GetRequiredService<CopyContextPool>(), SerializerHost.Services);
        return (T)Activator.CreateInstance(type, shared, IdSpan.Create("key"))!;
    }

    private static Type? TryMake(Type definition, Type[] arguments)
    {
        try
        {
            return definition.MakeGenericType(arguments);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
