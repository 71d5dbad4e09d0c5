using Betar.Marketplace.Replication.Wire;

namespace Betar.Marketplace.Replication.Sets;

/// <summary>
/// What nodes whose past is not known yet say: shown where nothing better is known, so that a newcomer sees the newest values first; never
/// against a value that is settled.
/// </summary>
internal sealed class LooseValues(ReplicaOptions options, int most)
{
    private readonly NodeJudge _judge = new(options);
    private readonly Dictionary<string, List<LooseValue>> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Key, NodeId Node), int> _tombstones = [];
    private readonly Dictionary<NodeId, Delta> _nodes = [];
    private int _count;

    public HashSet<string> Touched { get; } = new(StringComparer.Ordinal);

    public IEnumerable<NodeId> WritingsOf(string key) => _values.TryGetValue(key, out var values) ? values.Select(value => value.Node) : [];

    public LooseValue? Find(string key)
    {
        if (!_values.TryGetValue(key, out var values))
            return null;
        LooseValue? best = null;
        foreach (var value in values.Where(value => !_tombstones.ContainsKey((key, value.Node))))
        {
            if (best is null || value.Claim > best.Claim || (value.Claim == best.Claim && value.Value.Span.SequenceCompareTo(best.Value.Span) > 0))
                best = value;
        }

        return best;
    }

    public void Add(KnownNode known)
    {
        var node = known.Node;
        if (node.Delta is not { } delta || _judge.OfShape(node) != QuarantineReason.None || node.Priority > NodeJudge.HighestClaim
            || _count + delta.Elements.Count + delta.Tombstones.Count > most || !_nodes.TryAdd(node.Id, delta))
        {
            return;
        }

        _count += delta.Elements.Count + delta.Tombstones.Count;
        foreach (var element in delta.Elements.Where(element => _judge.OfElement(element) == QuarantineReason.None))
        {
            if (!_values.TryGetValue(element.Key, out var values))
                _values.Add(element.Key, values = []);
            values.Add(new LooseValue(node.Id, node.Priority, element.Value, known.Origin));
            Touched.Add(element.Key);
        }

        foreach (var tombstone in Tombstones(delta))
        {
            _tombstones[tombstone] = _tombstones.GetValueOrDefault(tombstone) + 1;
            Touched.Add(tombstone.Key);
        }
    }

    /// <summary>The node is settled or forgotten.</summary>
    public void Remove(NodeId node)
    {
        if (!_nodes.Remove(node, out var delta))
            return;
        _count -= delta.Elements.Count + delta.Tombstones.Count;
        foreach (var key in delta.Elements.Select(element => element.Key))
        {
            if (!_values.TryGetValue(key, out var values))
                continue;
            values.RemoveAll(value => value.Node == node);
            if (values.Count == 0)
                _values.Remove(key);
            Touched.Add(key);
        }

        foreach (var tombstone in Tombstones(delta))
        {
            if (--_tombstones[tombstone] == 0)
                _tombstones.Remove(tombstone);
            Touched.Add(tombstone.Key);
        }
    }

    private static IEnumerable<(string Key, NodeId Node)> Tombstones(Delta delta)
    {
        foreach (var tombstone in delta.Tombstones)
        {
            if (NodeId.TryParseBlockKey(tombstone.Id, out var id))
                yield return (tombstone.Key, id);
        }
    }
}
