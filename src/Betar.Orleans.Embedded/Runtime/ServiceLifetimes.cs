using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Runtime;

/// <summary>Knows which services are singletons, so that a grain that needs no others needs no scope of its own.</summary>
internal sealed class ServiceLifetimes(IServiceCollection services)
{
    private readonly Lazy<HashSet<Type>> _singletons = new(() =>
    {
        var found = new HashSet<Type>();
        foreach (var service in services)
        {
            if (service.Lifetime == ServiceLifetime.Singleton)
                found.Add(service.ServiceType);
            else
                found.Remove(service.ServiceType);
        }

        return found;
    });

    public bool IsSingleton(Type type) =>
        _singletons.Value.Contains(type) || (type.IsGenericType && _singletons.Value.Contains(type.GetGenericTypeDefinition()));
}
