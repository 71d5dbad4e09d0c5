using System.Diagnostics.Metrics;

namespace Betar.Marketplace.Replication;

/// <summary>What replication counts, for the process.</summary>
internal static class ReplicaInstruments
{
    public const string Name = "Betar.Marketplace.Replication";
    public const string LimitTag = "limit";
    public const string ReasonTag = "reason";

    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> LimitHits = Meter.CreateCounter<long>("betar.replica.limit_hits");
    private static readonly Counter<long> QuarantinedElements = Meter.CreateCounter<long>("betar.replica.quarantined");
    private static readonly Counter<long> SettledNodes = Meter.CreateCounter<long>("betar.replica.nodes_settled");
    private static readonly Counter<long> FetchesFailed = Meter.CreateCounter<long>("betar.replica.fetches_failed");
    private static readonly Counter<long> Repairs = Meter.CreateCounter<long>("betar.replica.repairs");

    /// <param name="limit">The option that holds the limit.</param>
    public static void LimitHit(string limit) => LimitHits.Add(1, new KeyValuePair<string, object?>(LimitTag, limit));

    public static void Quarantined(QuarantineReason reason) =>
        QuarantinedElements.Add(1, new KeyValuePair<string, object?>(ReasonTag, reason.ToString()));

    public static void Settled() => SettledNodes.Add(1);

    public static void FetchFailed() => FetchesFailed.Add(1);

    public static void Repaired() => Repairs.Add(1);
}
