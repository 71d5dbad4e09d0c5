namespace Betar.Marketplace.Records;

/// <summary>What the seller promises; 0: not said.</summary>
/// <param name="LatencyMilliseconds">Nineteen of twenty tasks take no longer.</param>
/// <param name="Availability">In how many of 10,000 minutes it answers.</param>
/// <param name="RefundSeconds">When it cannot deliver, how soon the money is back.</param>
public sealed record ServiceLevel(ulong LatencyMilliseconds = 0, ulong Availability = 0, ulong RefundSeconds = 0)
{
    internal static ServiceLevel Unsaid { get; } = new();
}
