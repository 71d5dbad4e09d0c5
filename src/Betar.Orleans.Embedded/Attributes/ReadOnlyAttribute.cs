namespace Orleans.Concurrency;

/// <summary>Requests of this method interleave with each other.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReadOnlyAttribute : Attribute;
