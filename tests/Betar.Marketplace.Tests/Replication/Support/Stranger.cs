using Betar.Marketplace.Replication.Wire;

namespace Betar.Marketplace.Tests.Replication.Support;

/// <summary>Somebody who tells and serves what it likes.</summary>
internal sealed class Stranger
{
    public const string Topic = "betar/marketplace/crdt";

    private readonly Dictionary<NodeId, ReplicaNode> _nodes = [];

    public Stranger(SimNetwork network, int number, IEnumerable<ReplicaNode>? nodes = null)
    {
        Host = network.Add(number);
        Add([.. nodes ?? []]);
        Host.Serve = cid => new(NodeId.TryFrom(cid, out var id) && _nodes.TryGetValue(id, out var node) ? node.Data : (ReadOnlyMemory<byte>?)null);
        Host.Listen(Topic, (_, data) => Heard.Add(data));
    }

    public SimHost Host { get; }

    public List<byte[]> Heard { get; } = [];

    public void Add(params ReplicaNode[] nodes)
    {
        foreach (var node in nodes)
            _nodes[node.Id] = node;
    }

    public void Tell(params ReplicaNode[] heads) => Tell([.. heads.Select(head => head.Id)]);

    public void Tell(params NodeId[] heads) => Host.Publish(Topic, HeadsCodec.Encode(heads));
}
