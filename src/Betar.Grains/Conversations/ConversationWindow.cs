using System.Text;
using Betar.Grains.Abstractions.Conversations;

namespace Betar.Grains.Conversations;

/// <summary>Which exchanges are kept: the newest, as many as the limits let through.</summary>
internal static class ConversationWindow
{
    public static List<RememberedTurn> Of(IReadOnlyList<RememberedTurn> turns, int maxTurns, long maxBytes) => [.. turns.Skip(turns.Count - Fitting(turns, maxTurns, maxBytes))];

    /// <summary>
    /// How many of the oldest are due for the summary. They go in portions of half a window, so that not every task costs a summary,
    /// and where bytes are short until half of them are free again; the newest stays as long as it fits.
    /// </summary>
    public static int Due(IReadOnlyList<RememberedTurn> turns, int window, long maxBytes)
    {
        if (turns.Count < Shown(window) + 1 && Fitting(turns, int.MaxValue, maxBytes) == turns.Count)
            return 0;
        return turns.Count - Math.Max(Fitting(turns, window, maxBytes / 2), Fitting(turns, 1, maxBytes));
    }

    /// <summary>The window, and as many before it as wait to become a portion.</summary>
    public static int Shown(int window) => window + Portion(window) - 1;

    public static int Size(RememberedTurn turn) => Encoding.UTF8.GetByteCount(turn.Input) + Encoding.UTF8.GetByteCount(turn.Output);

    private static int Portion(int window) => Math.Max(1, window / 2);

    private static int Fitting(IReadOnlyList<RememberedTurn> turns, int maxTurns, long maxBytes)
    {
        long bytes = 0;
        int first = turns.Count;
        while (first > 0 && turns.Count - first < maxTurns && (bytes += Size(turns[first - 1])) <= maxBytes)
            first--;
        return turns.Count - first;
    }
}
