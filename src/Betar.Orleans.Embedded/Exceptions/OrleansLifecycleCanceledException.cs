namespace Orleans.Runtime;

/// <summary>A start or stop was cancelled half-way.</summary>
[GenerateSerializer]
public sealed class OrleansLifecycleCanceledException : OrleansException
{
    internal OrleansLifecycleCanceledException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
