using System.Diagnostics.Metrics;

namespace Betar.Grains.Fleet;

/// <summary>What agents count, on the meter "Betar": of the whole process, because there may be as many agents as one likes.</summary>
internal static class FleetInstruments
{
    private static readonly Meter s_meter = new("Betar");

    private static readonly UpDownCounter<int> s_running = s_meter.CreateUpDownCounter<int>(
        "betar.agents.running", description: "Tasks that agents are at work on.");

    private static readonly UpDownCounter<int> s_waiting = s_meter.CreateUpDownCounter<int>(
        "betar.agents.waiting", description: "Tasks that wait for a place with their agent.");

    private static readonly Counter<long> s_tasks = s_meter.CreateCounter<long>(
        "betar.agents.tasks", description: "Tasks that agents ended, by how: done, or the code of the failure.");

    private static readonly Counter<long> s_limitHits = s_meter.CreateCounter<long>(
        "betar.agents.limit_hits", description: "Tasks that were turned away because an agent's queue was full, before any payment.");

    public static void OnBegun() => s_running.Add(1);

    public static void OnEnded() => s_running.Add(-1);

    public static void OnQueued() => s_waiting.Add(1);

    public static void OnUnqueued() => s_waiting.Add(-1);

    public static void OnTask(string code) => s_tasks.Add(1, new KeyValuePair<string, object?>("end", code.Length == 0 ? "done" : code));

    public static void OnFull() => s_limitHits.Add(1, new KeyValuePair<string, object?>("limit", "queue"));
}
