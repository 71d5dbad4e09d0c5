namespace Betar.Marketplace.Records;

/// <summary>What a task of this agent may be; 0: not said.</summary>
public sealed record TaskBounds(ulong MaxInputBytes = 0, ulong MaxOutputBytes = 0, ulong MaxSeconds = 0, ulong MaxConcurrent = 0)
{
    internal static TaskBounds Unsaid { get; } = new();
}
