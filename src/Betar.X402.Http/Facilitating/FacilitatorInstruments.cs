using System.Diagnostics.Metrics;

namespace Betar.X402.Http.Facilitating;

/// <summary>What a facilitator's endpoints count, on the meter "Betar".</summary>
internal static class FacilitatorInstruments
{
    internal const string Address = "address";
    internal const string Payer = "payer";
    internal const string Settles = "settles";
    internal const string Body = "body";

    private static readonly Meter Meter = new("Betar");

    private static readonly Counter<long> LimitHits = Meter.CreateCounter<long>(
        "betar.facilitator.limit_hits", description: "Requests that a limit of the facilitator turned away, by limit.");

    private static readonly Counter<long> Settlements = Meter.CreateCounter<long>(
        "betar.facilitator.settlements", description: "Settlements answered, by how they ended.");

    internal static void OnLimitHit(string limit) => LimitHits.Add(1, new KeyValuePair<string, object?>("limit", limit));

    internal static void OnSettled(string end) => Settlements.Add(1, new KeyValuePair<string, object?>("end", end));
}
