using Betar.Marketplace.Replication.Wire;

namespace Betar.Marketplace.Replication.Store;

/// <summary>Keeps a replica in memory.</summary>
public sealed class MemoryReplicaStore : IReplicaStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<NodeId, NodeRow> _nodes = [];
    private readonly SortedDictionary<long, NodeId> _order = [];
    private readonly Dictionary<ElementName, ElementRow> _elements = [];
    private readonly HashSet<ElementName> _earlyTombstones = [];
    private readonly HashSet<NodeId> _absent = [];
    private IReadOnlyList<NodeId> _heads = [];
    private Guid _epoch;
    private bool _rebuilding;

    public ValueTask<ReplicaState> LoadAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return new(new ReplicaState(
                _epoch, _rebuilding, _order.Count == 0 ? 0 : _order.Keys.Last(), _nodes.Count, _nodes.Values.Sum(node => (long)node.Data.Length), [.. _heads],
                [.. _elements.Values], [.. _earlyTombstones], [.. _absent], [.. _nodes.Values.Where(node => !node.IsSettled).OrderBy(node => node.Id)]));
        }
    }

    public ValueTask CommitAsync(ReplicaCommit commit, CancellationToken cancellationToken)
    {
        lock (_lock)
            Apply(commit);
        return default;
    }

    public ValueTask<NodeRow?> FindAsync(NodeId id, CancellationToken cancellationToken)
    {
        lock (_lock)
            return new(_nodes.GetValueOrDefault(id));
    }

    public async ValueTask<NodeRow?> FindHeaderAsync(NodeId id, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken) is { } row ? row with { Data = default } : null;

    public ValueTask<IReadOnlyList<NodeRow>> ReadAsync(long after, int maxBytes, CancellationToken cancellationToken)
    {
        var page = new List<NodeRow>();
        var bytes = 0;
        lock (_lock)
        {
            for (var sequence = after + 1; page.Count < _order.Count && _order.TryGetValue(sequence, out var id); sequence++)
            {
                var row = _nodes[id];
                if (page.Count > 0 && bytes + row.Data.Length > maxBytes)
                    break;
                bytes += row.Data.Length;
                page.Add(row);
            }
        }

        return new(page);
    }

    private void Apply(ReplicaCommit commit)
    {
        if (commit.Restart)
            Restart();
        _epoch = commit.Epoch ?? _epoch;
        _rebuilding = commit.Rebuilding ?? _rebuilding;
        foreach (var node in commit.Nodes.Values)
            Put(node);
        foreach (var settled in commit.Settled)
            Put(_nodes[settled.Id] with { Sequence = settled.Sequence, Height = settled.Height, Verdict = settled.Verdict });
        foreach (var id in commit.Forgotten)
            _nodes.Remove(id);
        foreach (var (name, element) in commit.Elements)
        {
            if (element is { } row)
                _elements[name] = row;
            else
                _elements.Remove(name);
        }

        Change(_earlyTombstones, commit.EarlyTombstones);
        Change(_absent, commit.Absent);
        _heads = commit.Heads ?? _heads;
    }

    private static void Change<T>(HashSet<T> set, Dictionary<T, bool> changes)
        where T : notnull
    {
        foreach (var (item, isThere) in changes)
        {
            if (isThere)
                set.Add(item);
            else
                set.Remove(item);
        }
    }

    private void Put(NodeRow node)
    {
        _nodes[node.Id] = node;
        if (node.IsSettled)
            _order[node.Sequence] = node.Id;
    }

    private void Restart()
    {
        foreach (var node in _nodes.Values.ToList())
            _nodes[node.Id] = node with { Sequence = 0, Height = 0, Verdict = QuarantineReason.None };
        _order.Clear();
        _elements.Clear();
        _earlyTombstones.Clear();
        _heads = [];
    }
}
