using Betar.Marketplace.Replication.Sets;
using Betar.Marketplace.Replication.Store;
using Betar.Marketplace.Replication.Wire;

namespace Betar.Marketplace.Replication.Graph;

/// <summary>Nodes as the store has them, and those that go there with the next commit.</summary>
internal sealed class NodeCache(IReplicaStore store, int mostHeaders = 65_536, int mostNodes = 64) : INodeReader
{
    private readonly Dictionary<NodeId, NodeHeader> _headers = [];
    private readonly Dictionary<NodeId, KnownNode> _fresh = [];
    private readonly Dictionary<NodeId, KnownNode> _read = [];

    public static KnownNode Known(NodeRow row) => new(NodeCodec.Decode(row.Id, row.Data), new NodeOrigin(row.FirstFrom, row.IsOwn, row.SeenAt));

    public async ValueTask<NodeHeader?> HeaderAsync(NodeId id)
    {
        if (_headers.TryGetValue(id, out var header))
            return header;
        if (await store.FindHeaderAsync(id, CancellationToken.None) is not { } row)
            return null;
        return _headers[id] = new(row.Height, row.Priority);
    }

    public async ValueTask<bool> IsSettledAsync(NodeId id) => await HeaderAsync(id) is { IsSettled: true };

    public async ValueTask<KnownNode?> ReadAsync(NodeId id)
    {
        if (_fresh.TryGetValue(id, out var known) || _read.TryGetValue(id, out known))
            return known;
        if (await store.FindAsync(id, CancellationToken.None) is not { } row)
            return null;
        if (_read.Count == mostNodes)
            _read.Clear();
        return _read[id] = Known(row);
    }

    public void Add(KnownNode known)
    {
        _fresh[known.Node.Id] = known;
        _headers[known.Node.Id] = new(0, known.Node.Priority);
    }

    public void Settle(NodeId id, ulong height, ulong priority) => _headers[id] = new(height, priority);

    public void Forget(NodeId id)
    {
        _fresh.Remove(id);
        _read.Remove(id);
        _headers.Remove(id);
    }

    /// <summary>All that was added is in the store.</summary>
    public void Committed()
    {
        _fresh.Clear();
        if (_headers.Count > mostHeaders)
            _headers.Clear();
    }

    public void Clear()
    {
        _fresh.Clear();
        _read.Clear();
        _headers.Clear();
    }
}
