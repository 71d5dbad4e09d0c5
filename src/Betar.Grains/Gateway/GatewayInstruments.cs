using System.Diagnostics.Metrics;

namespace Betar.Grains.Gateway;

/// <summary>What the gateway counts, on the meter "Betar".</summary>
internal static class GatewayInstruments
{
    private static readonly Meter s_meter = new("Betar");

    private static readonly UpDownCounter<int> s_open = s_meter.CreateUpDownCounter<int>(
        "betar.gateway.open", description: "1 on the silo whose host speaks for the fleet. The sum over all silos is never above 1.");

    private static readonly Histogram<double> s_opening = s_meter.CreateHistogram<double>(
        "betar.gateway.opening", "ms", "From the lease to a host that peers can reach.");

    private static readonly Histogram<double> s_renewal = s_meter.CreateHistogram<double>(
        "betar.gateway.renewal", "ms", "Time that the store took for a renewal; StopAfter less RenewEvery is what it may.");

    private static readonly Histogram<double> s_closing = s_meter.CreateHistogram<double>(
        "betar.gateway.closing", "ms", "From the end of a term to a silent host; CloseWithin is what it may.");

    private static readonly Histogram<double> s_draining = s_meter.CreateHistogram<double>(
        "betar.gateway.draining", "ms", "Time that a stop waited for what was paid for; DrainWithin is what it may.");

    private static readonly Counter<long> s_ends = s_meter.CreateCounter<long>(
        "betar.gateway.ends", description: "Terms that ended, by the reason.");

    private static readonly Counter<long> s_yields = s_meter.CreateCounter<long>(
        "betar.gateway.yields", description: "Times the gateway was sent to another silo, since nobody had the lease for FreeLooks looks.");

    public static void OnOpened(TimeSpan took)
    {
        s_open.Add(1);
        s_opening.Record(took.TotalMilliseconds);
    }

    public static void OnSilent(TimeSpan took) => s_closing.Record(took.TotalMilliseconds);

    public static void OnClosed() => s_open.Add(-1);

    public static void OnRenewed(TimeSpan took) => s_renewal.Record(took.TotalMilliseconds);

    public static void OnDrained(TimeSpan took) => s_draining.Record(took.TotalMilliseconds);

    public static void OnEnded(PresenceEnd why) => s_ends.Add(1, new KeyValuePair<string, object?>("reason", why.ToString()));

    public static void OnYield() => s_yields.Add(1);
}
