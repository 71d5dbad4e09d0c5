using System.Globalization;
using System.Reflection;
using Orleans.Concurrency;
using Orleans.Metadata;
using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <summary>How activations of one grain class behave, read once from its attributes.</summary>
internal sealed class GrainTypeInfo
{
    private readonly Lazy<GrainFactoryOfType>? _factory;

    public GrainTypeInfo(GrainType type, Type implementation, IServiceProvider services, ServiceLifetimes lifetimes)
    {
        Type = type;
        Class = implementation;
        _factory = new(() => new GrainFactoryOfType(implementation, lifetimes));
        var properties = new Dictionary<string, string>();
        foreach (var attribute in implementation.GetCustomAttributes(inherit: true))
        {
            if (attribute is IGrainPropertiesProviderAttribute provider)
                provider.Populate(services, implementation, type, properties);
            if (attribute is Placement.PlacementAttribute placement)
                Placement = placement.PlacementStrategy;
        }

        HasHooks = !typeof(Grain).IsAssignableFrom(implementation)
            || implementation.GetMethod(nameof(Grain.OnActivateAsync), [typeof(CancellationToken)])!.DeclaringType != typeof(Grain)
            || implementation.GetMethod(nameof(Grain.OnDeactivateAsync), [typeof(DeactivationReason), typeof(CancellationToken)])!.DeclaringType != typeof(Grain);
        IsReentrant = properties.ContainsKey(WellKnownGrainTypeProperties.Reentrant);
        if (properties.TryGetValue(WellKnownGrainTypeProperties.MayInterleavePredicate, out var predicate))
            MayInterleave = Predicate(implementation, predicate);
        if (properties.TryGetValue(WellKnownGrainTypeProperties.IdleDeactivationPeriod, out var period))
        {
            CollectionAge = period == WellKnownGrainTypeProperties.IndefiniteIdleDeactivationPeriodValue
                ? Timeout.InfiniteTimeSpan
                : TimeSpan.ParseExact(period, "c", CultureInfo.InvariantCulture);
        }
    }

    private GrainTypeInfo(GrainType type, Type implementation)
    {
        Type = type;
        Class = implementation;
        IsReentrant = true;
        IsSystem = true;
        CollectionAge = Timeout.InfiniteTimeSpan;
    }

    public GrainType Type { get; }

    public Type Class { get; }

    public bool IsReentrant { get; }

    /// <summary>A service of the silo: always there, found by its silo, in no directory and in no statistics.</summary>
    public bool IsSystem { get; }

    /// <summary>Whether the class does something of its own when it starts or ends.</summary>
    public bool HasHooks { get; }

    public Func<IInvokable, bool>? MayInterleave { get; }

    /// <summary>What the class itself says; null: the silo's default.</summary>
    public TimeSpan? CollectionAge { get; }

    public PlacementStrategy Placement { get; } = new RandomPlacement();

    public bool IsStatelessWorker => Placement is StatelessWorkerPlacement;

    public bool PrefersLocal => Placement is StatelessWorkerPlacement or PreferLocalPlacement;

    public bool UsesDirectory => !IsSystem && !IsStatelessWorker;

    public static GrainTypeInfo System(GrainType type, Type implementation) => new(type, implementation);

    public object Create(Activation activation) => _factory!.Value.Create(activation);

    private static Func<IInvokable, bool> Predicate(Type implementation, string name)
    {
        var method = implementation.GetMethod(name, BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.FlattenHierarchy)
            ?? throw new OrleansConfigurationException($"{implementation} names {name} in [{nameof(MayInterleaveAttribute)}], but has no such static method.");
        return method.CreateDelegate<Func<IInvokable, bool>>();
    }
}
