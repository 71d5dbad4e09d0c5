namespace Betar.Orleans.Embedded.Serialization;

/// <summary>Bounds that keep foreign bytes from costing more than their length.</summary>
internal static class WireLimits
{
    /// <summary>Nested objects; a level costs a few hundred bytes of stack.</summary>
    public const int MaxDepth = 500;

    /// <summary>Bytes of one type name.</summary>
    public const int MaxTypeName = 4096;

    /// <summary>Elements for which room is made before the first was read.</summary>
    public const int MaxPreallocated = 1024;
}
