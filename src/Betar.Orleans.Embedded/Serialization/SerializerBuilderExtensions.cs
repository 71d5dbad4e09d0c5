using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization.Configuration;

namespace Orleans.Serialization;

public static class SerializerBuilderExtensions
{
    /// <summary>Adds the generated code of an assembly that is not loaded yet or not an application part.</summary>
    public static ISerializerBuilder AddAssembly(this ISerializerBuilder builder, Assembly assembly)
    {
        ServiceCollectionExtensions.AddManifests(builder.Services, assembly);
        return builder;
    }

    public static ISerializerBuilder Configure(this ISerializerBuilder builder, Action<TypeManifestOptions> configure)
    {
        builder.Services.Configure(configure);
        return builder;
    }
}
