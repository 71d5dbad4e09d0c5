using System.Text;
using Betar.Grains.Abstractions.Conversations;

namespace Betar.Grains.Conversations;

/// <summary>Which exchanges are kept: the newest, as many as the limits let through.</summary>
internal static class ConversationWindow
{
    public static List<RememberedTurn> Of(IReadOnlyList<RememberedTurn> turns, int maxTurns, int maxBytes)
    {
        long bytes = 0;
        int first = turns.Count;
        while (first > 0 && turns.Count - first < maxTurns && (bytes += Size(turns[first - 1])) <= maxBytes)
            first--;
        return [.. turns.Skip(first)];
    }

    public static int Size(RememberedTurn turn) => Encoding.UTF8.GetByteCount(turn.Input) + Encoding.UTF8.GetByteCount(turn.Output);
}
