namespace Orleans;

/// <summary>Asks for a codec and a copier for the marked type.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum, AllowMultiple = false)]
public sealed class GenerateSerializerAttribute : Attribute
{
}
