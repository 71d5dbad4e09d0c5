using Microsoft.Extensions.Options;
using Orleans.Metadata;
using Orleans.Serialization;
using Orleans.Serialization.Configuration;

namespace Orleans.Runtime;

/// <summary>All grain classes and interfaces that generated code told of.</summary>
internal sealed class GrainTypes
{
    private readonly Dictionary<GrainType, GrainTypeInfo> _byType = [];
    private readonly Dictionary<Type, List<GrainTypeInfo>> _byInterface = [];
    private readonly Dictionary<Type, GrainInterfaceType> _interfaceTypes = [];
    private readonly Dictionary<GrainInterfaceType, Type> _interfaces = [];
    private readonly Dictionary<Type, Type> _proxies = [];
    private readonly IServiceProvider _services;

    public GrainTypes(IOptions<TypeManifestOptions> manifest, IServiceProvider services, ServiceLifetimes lifetimes)
    {
        _services = services;
        foreach (var type in manifest.Value.Interfaces.Where(static type => !type.ContainsGenericParameters))
            AddInterface(type);
        foreach (var proxy in manifest.Value.InterfaceProxies)
            AddProxy(proxy);
        foreach (var implementation in manifest.Value.InterfaceImplementations)
            AddClass(implementation, lifetimes);
    }

    public GrainTypeNames Names { get; } = new();

    public GrainTypeInfo Get(GrainType type) =>
        _byType.TryGetValue(type, out var info) ? info : throw new ArgumentException($"There is no grain class for the grain type \"{type}\".");

    public bool TryGet(GrainType type, out GrainTypeInfo? info) => _byType.TryGetValue(type, out info);

    public GrainInterfaceType InterfaceTypeOf(Type type)
    {
        if (_interfaceTypes.TryGetValue(type, out var known))
            return known;
        foreach (var attribute in type.GetCustomAttributes(inherit: false))
        {
            if (attribute is IGrainInterfaceTypeProviderAttribute provider)
                return provider.GetGrainInterfaceType(_services, type);
        }

        return GrainInterfaceType.Create(type.ToString());
    }

    public Type? InterfaceOf(GrainInterfaceType type) => _interfaces.GetValueOrDefault(type);

    public Type ProxyOf(Type interfaceType) =>
        interfaceType.IsGenericType && _proxies.TryGetValue(interfaceType.GetGenericTypeDefinition(), out var open)
            ? open.MakeGenericType(interfaceType.GenericTypeArguments)
            : _proxies.GetValueOrDefault(interfaceType) ?? throw new ArgumentException($"There is no generated proxy for {interfaceType}. It must be a grain interface in a project that the generator runs in.");

    /// <summary>The class behind an interface: the only one, the one that the prefix names, or the one named like the interface.</summary>
    public GrainTypeInfo ImplementationOf(Type interfaceType, string? classNamePrefix)
    {
        if (!_byInterface.TryGetValue(interfaceType, out var candidates))
            throw new ArgumentException($"Could not find an implementation for interface {interfaceType}.");
        if (!string.IsNullOrEmpty(classNamePrefix))
        {
            return candidates.Find(candidate => candidate.Class.FullName!.StartsWith(classNamePrefix, StringComparison.Ordinal))
                ?? throw new ArgumentException($"Could not find an implementation for interface {interfaceType} whose name starts with {classNamePrefix}.");
        }

        if (candidates.Count == 1)
            return candidates[0];
        return candidates.Find(candidate => candidate.Class.Name == interfaceType.Name[1..])
            ?? throw new ArgumentException(
                $"Unable to identify a single implementation for interface {interfaceType}: {string.Join(", ", candidates.Select(static candidate => candidate.Class))}.");
    }

    private void AddInterface(Type type)
    {
        var name = InterfaceTypeOf(type);
        _interfaceTypes[type] = name;
        _interfaces[name] = type;
    }

    private void AddProxy(Type proxy)
    {
        var declared = proxy.GetInterfaces().Where(static type => typeof(IAddressable).IsAssignableFrom(type)).ToArray();
        var own = declared.Where(type => !declared.Any(other => other != type && type.IsAssignableFrom(other)));
        foreach (var type in own)
        {
            _proxies[type.IsGenericType ? type.GetGenericTypeDefinition() : type] = proxy;
            if (!type.ContainsGenericParameters)
                AddInterface(type);
        }
    }

    private void AddClass(Type implementation, ServiceLifetimes lifetimes)
    {
        if (implementation.IsAbstract || implementation.IsGenericTypeDefinition || typeof(ISystemTarget).IsAssignableFrom(implementation))
            return;
        if (!typeof(IGrain).IsAssignableFrom(implementation))
            return;
        var type = TypeOf(implementation);
        var info = new GrainTypeInfo(type, implementation, _services, lifetimes);
        if (!_byType.TryAdd(type, info))
        {
            if (_byType[type].Class == implementation)
                return;
            throw new OrleansConfigurationException(
                $"{implementation} and {_byType[type].Class} both have the grain type \"{type}\": give one of them another by [GrainType(\"…\")].");
        }

        foreach (var contract in implementation.GetInterfaces())
        {
            if (!typeof(IAddressable).IsAssignableFrom(contract))
                continue;
            if (!_byInterface.TryGetValue(contract, out var list))
                _byInterface[contract] = list = [];
            list.Add(info);
            if (contract.IsGenericType)
                AddInterface(contract);
        }
    }

    private GrainType TypeOf(Type implementation)
    {
        foreach (var attribute in implementation.GetCustomAttributes(inherit: false))
        {
            if (attribute is IGrainTypeProviderAttribute provider)
                return provider.GetGrainType(_services, implementation);
        }

        const string suffix = "grain";
        var name = implementation.Name.ToLowerInvariant();
        return GrainType.Create(name.Length > suffix.Length && name.EndsWith(suffix, StringComparison.Ordinal) ? name[..^suffix.Length] : name);
    }
}
