using Betar.Marketplace.Replication.Wire;

namespace Betar.Marketplace.Tests.Replication.Support;

/// <summary>
/// A small faithful model of go-ds-crdt 0.6.8 with single-head processing: priorities as claimed, counted with wrap, merged root first, processed
/// branch by branch; broken branches leave it dirty. State in memory, as in the original.
/// </summary>
internal sealed class GoReplica
{
    private readonly SimHost _host;
    private readonly string _topic;
    private readonly Dictionary<NodeId, ulong> _heads = [];
    private readonly HashSet<NodeId> _processed = [];
    private readonly HashSet<NodeId> _queued = [];
    private readonly Dictionary<string, HashSet<NodeId>> _elements = new(StringComparer.Ordinal);
    private readonly HashSet<(string, string)> _tombstones = [];
    private readonly Dictionary<string, (byte[] Value, ulong Priority)> _values = new(StringComparer.Ordinal);
    private readonly Queue<NodeId[]> _broadcasts = [];
    private bool _handling;

    public GoReplica(SimNetwork network, int number, string topic = "betar/marketplace/crdt")
    {
        (_host, _topic) = (network.Add(number), topic);
        _host.Serve = cid => new(NodeId.TryFrom(cid, out var id) && Blocks.TryGetValue(id, out var bytes) ? bytes : (ReadOnlyMemory<byte>?)null);
        _host.Listen(topic, (_, data) => Hear(network, data));
    }

    public Dictionary<NodeId, ReadOnlyMemory<byte>> Blocks { get; } = [];

    public SimHost Host => _host;

    public bool IsDirty { get; private set; }

    /// <summary>A mistake of the model itself.</summary>
    public Exception? Fault { get; private set; }

    public IEnumerable<NodeId> Heads => _heads.Keys.Order();

    public string? this[string name] => _values.TryGetValue(Forge.Key(name), out var value) ? Forge.Text(value.Value) : null;

    public NodeId Put(string name, string value) => Publish(new Delta([DeltaElement.Put(Forge.Key(name), Forge.Bytes(value))], [], 0));

    /// <summary>Null: there is nothing to delete, and nothing is published.</summary>
    public NodeId? Delete(string name)
    {
        var key = Forge.Key(name);
        var live = _elements.GetValueOrDefault(key, []).Where(id => !_tombstones.Contains((key, id.ToBlockKey()))).ToList();
        return live.Count == 0 ? null : Publish(new Delta([], [.. live.Select(id => DeltaElement.Tombstone(key, id))], 0));
    }

    public void Rebroadcast() => _host.Publish(_topic, HeadsCodec.Encode([.. Heads]));

    private NodeId Publish(Delta delta)
    {
        // Unsigned and unchecked, as there: the count wraps.
        var height = unchecked(_heads.Values.DefaultIfEmpty().Max() + 1);
        var node = NodeCodec.Decode(NodeCodec.Encode([.. Heads], delta with { Priority = height }));
        Blocks[node.Id] = node.Data;
        Process(node, node.Id, height);
        _host.Publish(_topic, HeadsCodec.Encode([node.Id]));
        return node.Id;
    }

    private void Hear(SimNetwork network, byte[] data)
    {
        if (HeadsCodec.Decode(data, int.MaxValue) is not { } heads)
            return;
        _broadcasts.Enqueue([.. heads]);
        if (_handling)
            return;
        _handling = true;
        _ = network.Run.Start(async () =>
        {
            try
            {
                while (_broadcasts.TryDequeue(out var next))
                    await HandleAsync(next);
            }
            catch (Exception error)
            {
                Fault = error;
            }

            _handling = false;
        });
    }

    private async Task HandleAsync(NodeId[] heads)
    {
        if (_heads.Count == 0)
        {
            foreach (var head in heads)
            {
                if (await FetchAsync(head) is { } node)
                    _heads[head] = node.Priority;
            }
        }

        foreach (var head in heads.Where(head => !_processed.Contains(head)))
        {
            if (await FetchAsync(head) is { } root)
                await WalkAsync(root);
        }
    }

    private async Task WalkAsync(ReplicaNode root)
    {
        var jobs = new Queue<ReplicaNode>([root]);
        while (jobs.TryDequeue(out var node))
        {
            foreach (var child in Process(node, root.Id, root.Priority))
            {
                if (await FetchAsync(child) is { } found)
                {
                    jobs.Enqueue(found);
                }
                else
                {
                    _queued.Remove(child);
                    IsDirty = true;
                }
            }
        }
    }

    private List<NodeId> Process(ReplicaNode node, NodeId root, ulong rootPriority)
    {
        Merge(node);
        _processed.Add(node.Id);
        _queued.Remove(node.Id);
        if (node.Parents.Length == 0)
            _heads[root] = rootPriority;
        var (children, added) = (new List<NodeId>(), false);
        foreach (var child in node.Parents)
        {
            var isProcessed = _processed.Contains(child);
            if (_heads.Remove(child))
            {
                _heads[root] = rootPriority;
                added = true;
                if (isProcessed)
                    continue;
            }

            if (isProcessed || !_queued.Add(child))
            {
                if (!added)
                    _heads[root] = rootPriority;
                added = true;
                continue;
            }

            children.Add(child);
        }

        return children;
    }

    private void Merge(ReplicaNode node)
    {
        foreach (var tombstone in node.Delta!.Tombstones)
        {
            _tombstones.Add((tombstone.Key, tombstone.Id));
            Choose(tombstone.Key);
        }

        foreach (var element in node.Delta.Elements)
        {
            if (!_elements.TryGetValue(element.Key, out var ids))
                _elements.Add(element.Key, ids = []);
            ids.Add(node.Id);
            if (_tombstones.Contains((element.Key, node.Id.ToBlockKey())))
                continue;
            var current = _values.GetValueOrDefault(element.Key);
            if (current.Value is null || node.Priority > current.Priority
                || (node.Priority == current.Priority && element.Value.Span.SequenceCompareTo(current.Value) > 0))
            {
                _values[element.Key] = (element.Value.ToArray(), node.Priority);
            }
        }
    }

    private void Choose(string key)
    {
        _values.Remove(key);
        foreach (var id in _elements.GetValueOrDefault(key, []).Where(id => !_tombstones.Contains((key, id.ToBlockKey()))))
        {
            var node = NodeCodec.Decode(Blocks[id]);
            foreach (var element in node.Delta!.Elements.Where(element => element.Key == key))
            {
                var best = _values.GetValueOrDefault(key);
                if (best.Value is null || node.Priority > best.Priority || (node.Priority == best.Priority && element.Value.Span.SequenceCompareTo(best.Value) > 0))
                    _values[key] = (element.Value.ToArray(), node.Priority);
            }
        }
    }

    /// <summary>Null: nobody has it, or it is no node of this set.</summary>
    private async Task<ReplicaNode?> FetchAsync(NodeId id)
    {
        if (!Blocks.TryGetValue(id, out var bytes))
        {
            if (await _host.FetchAsync(id.ToCid(), [], default) is not { } block)
                return null;
            Blocks[id] = bytes = block.Data;
        }

        return NodeCodec.Decode(id, bytes) is { Delta: not null } node ? node : null;
    }
}
