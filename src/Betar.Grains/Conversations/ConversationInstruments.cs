using System.Diagnostics.Metrics;

namespace Betar.Grains.Conversations;

/// <summary>What memories count, on the meter "Betar".</summary>
internal static class ConversationInstruments
{
    public const string Made = "made";
    public const string Failed = "failed";
    public const string Late = "late";

    private static readonly Meter s_meter = new("Betar");

    private static readonly Counter<long> s_summaries = s_meter.CreateCounter<long>(
        "betar.conversations.summaries", description: "Summaries of what agents remember, by end: made, failed, late (the caller was forgotten, or another came first).");

    private static readonly Counter<long> s_lost = s_meter.CreateCounter<long>(
        "betar.conversations.lost", description: "Exchanges that were let go before they came into a summary, because none could be made for long.");

    public static void OnSummary(string end) => s_summaries.Add(1, new KeyValuePair<string, object?>("end", end));

    public static void OnLost(int turns)
    {
        if (turns > 0)
            s_lost.Add(turns);
    }
}
