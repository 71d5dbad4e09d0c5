namespace Orleans;

/// <summary>Registers a converter between a foreign type and a serialisable surrogate.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class RegisterConverterAttribute : Attribute
{
}
