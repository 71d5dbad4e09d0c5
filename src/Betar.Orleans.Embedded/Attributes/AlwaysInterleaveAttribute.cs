namespace Orleans.Concurrency;

/// <summary>A request of this method neither waits for others nor makes them wait.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AlwaysInterleaveAttribute : Attribute;
