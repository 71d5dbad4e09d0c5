namespace Orleans;

/// <summary>A base class without state of its own: derived types are serialised as if it were not there.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class SerializerTransparentAttribute : Attribute
{
}
