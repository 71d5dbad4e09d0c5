namespace Orleans;

/// <summary>Promises that the value never changes, so that it need not be copied between grains.</summary>
[AttributeUsage(
    AttributeTargets.Struct | AttributeTargets.Class | AttributeTargets.Property | AttributeTargets.Field
    | AttributeTargets.Parameter | AttributeTargets.ReturnValue,
    AllowMultiple = false, Inherited = false)]
public sealed class ImmutableAttribute : Attribute
{
}
