using Microsoft.Extensions.DependencyInjection;

namespace Orleans;

/// <summary>The constructor that deserialisation calls, its parameters taken from the container.</summary>
[AttributeUsage(AttributeTargets.Constructor)]
public sealed class GeneratedActivatorConstructorAttribute : ActivatorUtilitiesConstructorAttribute
{
}
