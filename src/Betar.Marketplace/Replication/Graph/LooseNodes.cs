using Betar.Libp2p.Identity;
using Betar.Marketplace.Replication.Sets;
using Betar.Marketplace.Replication.Wire;

namespace Betar.Marketplace.Replication.Graph;

/// <summary>The nodes that wait for parents, and who waits for whom.</summary>
internal sealed class LooseNodes
{
    private readonly Dictionary<NodeId, LooseNode> _nodes = [];
    private readonly Dictionary<NodeId, List<NodeId>> _children = [];

    public int Count => _nodes.Count;

    /// <summary>Nodes that somebody waits for and that are not here.</summary>
    public IEnumerable<NodeId> Missing => _children.Keys.Where(id => !_nodes.ContainsKey(id));

    /// <summary>Nodes that nobody stands on, if they claim a height that can be.</summary>
    public IEnumerable<NodeId> Tips => _nodes.Where(node => !_children.ContainsKey(node.Key) && node.Value.Priority <= NodeJudge.HighestClaim).Select(node => node.Key);

    public bool Contains(NodeId id) => _nodes.ContainsKey(id);

    public bool IsWaitedFor(NodeId id) => _children.ContainsKey(id);

    public ulong PriorityOf(NodeId id) => _nodes.TryGetValue(id, out var node) ? node.Priority : 0;

    /// <summary>The highest claim of those who wait for a node.</summary>
    public ulong RankOf(NodeId id) => _children.TryGetValue(id, out var children) ? children.Max(PriorityOf) : 0;

    public PeerId? TellerOf(NodeId id) =>
        _children.TryGetValue(id, out var children) ? children.Select(child => _nodes.GetValueOrDefault(child)?.Teller).FirstOrDefault(teller => teller is not null) : null;

    public void Add(NodeId id, LooseNode node, IReadOnlyCollection<NodeId> missing)
    {
        node.Missing = missing.Count;
        _nodes.Add(id, node);
        foreach (var parent in missing)
        {
            if (!_children.TryGetValue(parent, out var children))
                _children.Add(parent, children = []);
            children.Add(id);
        }
    }

    public void Settled(NodeId id) => _nodes.Remove(id);

    /// <summary>A parent is settled, or will never come: those who waited for it alone can be settled now.</summary>
    public List<NodeId> Release(NodeId parent)
    {
        if (!_children.Remove(parent, out var children))
            return [];
        return children.FindAll(child => _nodes.TryGetValue(child, out var node) && --node.Missing == 0);
    }

    /// <summary>The peer on whose word most bytes wait; null: nothing waits on anybody's word.</summary>
    public PeerId? Heaviest() => _nodes.Values.Where(node => node.Teller is not null).GroupBy(node => node.Teller)
        .Select(group => (Teller: group.Key, Bytes: group.Sum(node => (long)node.Bytes))).OrderByDescending(group => group.Bytes)
        .Select(group => group.Teller).FirstOrDefault();

    /// <summary>Drops everything that came on the word of a peer.</summary>
    public List<(NodeId Id, LooseNode Node)> Drop(PeerId teller)
    {
        var dropped = _nodes.Where(node => node.Value.Teller == teller).Select(node => (Id: node.Key, Node: node.Value)).ToList();
        foreach (var (id, node) in dropped)
        {
            _nodes.Remove(id);
            foreach (var parent in node.Parents)
            {
                if (_children.TryGetValue(parent, out var children) && children.Remove(id) && children.Count == 0)
                    _children.Remove(parent);
            }
        }

        return dropped;
    }
}
