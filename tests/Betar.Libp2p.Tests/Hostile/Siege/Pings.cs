namespace Betar.Libp2p.Tests.Hostile.Siege;

/// <summary>How an honest peer was served: times in milliseconds, and what broke it off, if anything did.</summary>
internal sealed record Pings(int Count, double P50, double P99, double Max, string? Fault);
