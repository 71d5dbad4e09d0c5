using Betar.Marketplace.Replication.Wire;

namespace Betar.Marketplace.Replication.Sets;

/// <summary>What is known of one key: every writing that no tombstone names, and the one that wins.</summary>
internal sealed class KeyState
{
    /// <remarks>Nearly always one: an array of so many.</remarks>
    public LiveElement[] Live { get; private set; } = [];

    public Winner? Winner { get; set; }

    public int IndexOf(NodeId node) => Array.FindIndex(Live, element => element.Node == node);

    public void Add(LiveElement element) => Live = [.. Live, element];

    public void RemoveAt(int index) => Live = [.. Live.AsSpan(0, index), .. Live.AsSpan(index + 1)];

    /// <summary>The writings that may win, each once.</summary>
    public LiveElement[] Highest()
    {
        var height = Live.Max(element => element.Height);
        return Array.FindAll(Live, element => element.Height == height);
    }

    public LiveElement Lowest() => Live.MinBy(element => (element.Height, element.Node));
}
