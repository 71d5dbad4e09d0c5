using Betar.Marketplace.Replication.Wire;

namespace Betar.Marketplace.Replication.Sets;

/// <summary>What is known of one key: every writing that no tombstone names, and the one that wins.</summary>
internal sealed class KeyState
{
    /// <remarks>Nearly always one: room for more is made when there are.</remarks>
    public List<LiveElement> Live { get; } = new(1);

    public Winner? Winner { get; set; }

    public int IndexOf(NodeId node) => Live.FindIndex(element => element.Node == node);

    /// <summary>The writings that may win, each once.</summary>
    public List<LiveElement> Highest()
    {
        var height = Live.Max(element => element.Height);
        return Live.FindAll(element => element.Height == height);
    }

    public LiveElement Lowest() => Live.MinBy(element => (element.Height, element.Node));
}
