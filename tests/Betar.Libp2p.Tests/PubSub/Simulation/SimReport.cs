using System.Globalization;

namespace Betar.Libp2p.Tests.PubSub.Simulation;

/// <summary>What has become of the messages of honest hosts.</summary>
/// <param name="Expected">Deliveries to honest hosts that there should be.</param>
/// <param name="Latencies">Those that there were, the fastest first.</param>
/// <param name="Duplicates">Copies that came again, since the start of the network.</param>
/// <param name="Accepted">Messages that were taken, since the start of the network.</param>
internal sealed record SimReport(long Expected, IReadOnlyList<TimeSpan> Latencies, long Duplicates, long Accepted)
{
    public double Delivered => (double)Latencies.Count / Expected;

    public double DuplicateFactor => (double)Duplicates / Accepted;

    public TimeSpan Percentile(double share) => Latencies[Math.Min(Latencies.Count - 1, (int)(share * Latencies.Count))];

    /// <summary>At least 99.9 % of the messages arrive, 99 % of them within the bound, and none twice.</summary>
    public void Holds(TimeSpan bound)
    {
        Assert.True(Delivered is >= 0.999 and <= 1, ToString());
        Assert.True(Percentile(0.99) <= bound, ToString());
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"delivered {Delivered:P3} of {Expected}, p50 {Percentile(0.5).TotalMilliseconds:N0} ms, p99 {Percentile(0.99).TotalMilliseconds:N0} ms, max {Latencies[^1].TotalMilliseconds:N0} ms, {DuplicateFactor:N1} copies too many each");
}
