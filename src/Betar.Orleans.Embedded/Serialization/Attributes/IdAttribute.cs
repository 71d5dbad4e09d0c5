namespace Orleans;

/// <summary>The number by which a member is known on the wire; it outlives renames.</summary>
[AttributeUsage(
    AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.Class | AttributeTargets.Struct
    | AttributeTargets.Enum | AttributeTargets.Method | AttributeTargets.Parameter,
    AllowMultiple = false)]
public sealed class IdAttribute(uint id) : Attribute
{
    public uint Id { get; } = id;
}
