using System.Diagnostics.Metrics;

namespace Betar.Node.Http;

/// <summary>What the HTTP interface counts, on the meter "Betar".</summary>
internal static class HttpInstruments
{
    private static readonly Meter s_meter = new("Betar");

    private static readonly UpDownCounter<long> s_active = s_meter.CreateUpDownCounter<long>("betar.http.active_requests", description: "HTTP requests under way now.");

    private static readonly Histogram<double> s_duration = s_meter.CreateHistogram<double>(
        "betar.http.request_duration", "s", "Seconds from a request to the end of its answer, by method, route and status.");

    private static readonly Counter<long> s_turnedAway = s_meter.CreateCounter<long>(
        "betar.http.turned_away", description: "Requests that a guard refused, by guard: host, rate, origin, door, body.");

    private static readonly Counter<long> s_dropped = s_meter.CreateCounter<long>(
        "betar.http.listeners_dropped", description: "Listeners to events or logs that were dropped because they were too slow.");

    private static readonly UpDownCounter<long> s_listeners = s_meter.CreateUpDownCounter<long>("betar.http.listeners", description: "Listeners to events and logs now.");

    private static readonly Counter<long> s_sales = s_meter.CreateCounter<long>(
        "betar.web.work", description: "Work that was paid for over HTTP (x402), by how it ended: done, or the code of the failure.");

    public static void OnBegun() => s_active.Add(1);

    public static void OnEnded(string method, string route, int status, TimeSpan took)
    {
        s_active.Add(-1);
        s_duration.Record(took.TotalSeconds, new("method", Known(method)), new("route", route), new("status", status));
    }

    public static void OnTurnedAway(string guard) => s_turnedAway.Add(1, new KeyValuePair<string, object?>("guard", guard));

    public static void OnSold(string code) => s_sales.Add(1, new KeyValuePair<string, object?>("end", code.Length == 0 ? "done" : code));

    public static void OnListening(int change) => s_listeners.Add(change);

    public static void OnListenerDropped() => s_dropped.Add(1);

    // A stranger chooses the method's name.
    private static string Known(string method) => method is "GET" or "POST" or "DELETE" or "OPTIONS" or "HEAD" ? method : "other";
}
