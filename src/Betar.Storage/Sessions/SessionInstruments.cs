using System.Diagnostics.Metrics;

namespace Betar.Storage.Sessions;

/// <summary>What the session log counts, on the meter "Betar".</summary>
internal static class SessionInstruments
{
    private static readonly Meter s_meter = new("Betar");

    private static readonly Counter<long> s_lost = s_meter.CreateCounter<long>(
        "betar.sessions.lost", description: "Unpaid exchanges that the session log did not record, for want of room or of a disk.");

    public static void OnLost() => s_lost.Add(1);
}
