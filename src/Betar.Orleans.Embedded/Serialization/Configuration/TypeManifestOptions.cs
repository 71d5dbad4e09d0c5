namespace Orleans.Serialization.Configuration;

/// <summary>What the generated code of all application parts offers.</summary>
public sealed class TypeManifestOptions
{
    /// <summary>Grain classes.</summary>
    public HashSet<Type> InterfaceImplementations { get; } = [];

    /// <summary>Grain interfaces.</summary>
    public HashSet<Type> Interfaces { get; } = [];

    /// <summary>Generated references, each implementing one grain interface.</summary>
    public HashSet<Type> InterfaceProxies { get; } = [];

    /// <summary>Codecs (which copy, too).</summary>
    public HashSet<Type> Serializers { get; } = [];

    /// <summary>Implementations of <see cref="IConverter{TValue,TSurrogate}"/>.</summary>
    public HashSet<Type> Converters { get; } = [];

    /// <summary>Names given by <see cref="AliasAttribute"/>.</summary>
    public Dictionary<string, Type> WellKnownTypeAliases { get; } = [];

    /// <summary>Types that must have a codec, each with the place that needs it.</summary>
    internal Dictionary<Type, string> Required { get; } = [];
}
