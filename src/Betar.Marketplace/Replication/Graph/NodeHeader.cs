namespace Betar.Marketplace.Replication.Graph;

/// <summary>What others need to know of a node that is kept. Height 0: it is loose.</summary>
internal readonly record struct NodeHeader(ulong Height, ulong Priority)
{
    public bool IsSettled => Height != 0;
}
