using Betar.Marketplace.Replication.Store;
using Betar.Marketplace.Replication.Wire;

namespace Betar.Marketplace.Tests.Replication.Support;

/// <summary>Keeps what is bounded and only counts the blocks, so that a million changes fit a test.</summary>
internal sealed class LeanStore : IReplicaStore
{
    private readonly Dictionary<ElementName, ElementRow> _elements = [];
    private readonly HashSet<ElementName> _early = [];
    private readonly Dictionary<NodeId, NodeRow> _recent = [];
    private IReadOnlyList<NodeId> _heads = [];
    private Guid _epoch;
    private (long Count, long Bytes, long Last) _nodes;

    public ValueTask<ReplicaState> LoadAsync(CancellationToken cancellationToken) =>
        new(new ReplicaState(_epoch, false, _nodes.Last, _nodes.Count, _nodes.Bytes, _heads, [.. _elements.Values], [.. _early], [], []));

    public ValueTask CommitAsync(ReplicaCommit commit, CancellationToken cancellationToken)
    {
        _epoch = commit.Epoch ?? _epoch;
        _heads = commit.Heads ?? _heads;
        foreach (var node in commit.Nodes.Values)
        {
            _nodes = (_nodes.Count + 1, _nodes.Bytes + node.Data.Length, node.Sequence);
            if (_recent.Count > 100)
                _recent.Clear();
            _recent[node.Id] = node;
        }

        foreach (var (name, element) in commit.Elements)
        {
            if (element is { } row)
                _elements[name] = row;
            else
                _elements.Remove(name);
        }

        foreach (var (name, isThere) in commit.EarlyTombstones)
            _ = isThere ? _early.Add(name) : _early.Remove(name);
        return default;
    }

    public ValueTask<NodeRow?> FindAsync(NodeId id, CancellationToken cancellationToken) => new(_recent.GetValueOrDefault(id));

    public ValueTask<NodeRow?> FindHeaderAsync(NodeId id, CancellationToken cancellationToken) => FindAsync(id, cancellationToken);

    public ValueTask<IReadOnlyList<NodeRow>> ReadAsync(long after, int maxBytes, CancellationToken cancellationToken) => new([]);
}
