using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Configuration;
using Orleans.Serialization.Serializers;
using Orleans.Serialization.Session;

namespace Orleans.Serialization;

public static class ServiceCollectionExtensions
{
    /// <summary>Adds the serializer, with the generated code of every loaded application part.</summary>
    public static IServiceCollection AddSerializer(this IServiceCollection services, Action<ISerializerBuilder>? configure = null)
    {
        if (services.All(static service => service.ServiceType != typeof(CodecProvider)))
        {
            services.AddOptions();
            services.AddSingleton(static provider =>
                new CodecProvider(provider, provider.GetRequiredService<IOptions<TypeManifestOptions>>()));
            services.AddSingleton(static provider => new SerializerSessionPool(provider.GetRequiredService<CodecProvider>()));
            services.AddSingleton<CopyContextPool>();
            services.AddSingleton<ManifestValidator>();
            services.AddSingleton<Serializer>();
            services.AddSingleton(typeof(Serializer<>));
            services.AddSingleton<DeepCopier>();
            services.AddSingleton(typeof(DeepCopier<>));
            services.AddSingleton(typeof(IDeepCopier<>), typeof(DeepCopierHolder<>));
            foreach (var part in ApplicationParts.Loaded())
                AddManifests(services, part);
        }

        configure?.Invoke(new SerializerBuilder(services));
        return services;
    }

    internal static void AddManifests(IServiceCollection services, Assembly assembly)
    {
        foreach (var attribute in assembly.GetCustomAttributes<TypeManifestProviderAttribute>())
            services.TryAddEnumerable(ServiceDescriptor.Singleton(typeof(IConfigureOptions<TypeManifestOptions>), attribute.ProviderType));
    }
}
