using System.Buffers.Binary;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;
using Betar.Marketplace.Replication;

namespace Betar.Marketplace.Tests.Support;

/// <summary>A replicated set without replication: whoever writes, all replicas see it at once. The last writer wins.</summary>
internal sealed class FakeSet
{
    private readonly List<FakeReplica> _replicas = [];
    private readonly Dictionary<string, (ReadOnlyMemory<byte> Value, ulong Height, Cid Node, PeerId Writer)> _values = [];

    /// <summary>Every node that was written, by its writer: what the network has to carry.</summary>
    public List<(PeerId Writer, int Elements)> Nodes { get; } = [];

    public IReadOnlyCollection<string> Keys => _values.Keys;

    public int BlocksOf(PeerId writer) => Nodes.Count(node => node.Writer == writer);

    public void Join(FakeReplica replica) => _replicas.Add(replica);

    public Cid Write(PeerId writer, IReadOnlyList<ReplicaWrite> writes)
    {
        Nodes.Add((writer, writes.Count));
        var number = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(number, Nodes.Count);
        var node = Cid.Create(CidCodec.DagPb, Multihash.Sha256(number));
        foreach (var write in writes)
        {
            if (write.Value is { } value)
                _values[write.Key] = (value, (ulong)Nodes.Count, node, writer);
            else
                _values.Remove(write.Key);
        }

        foreach (var write in writes)
            _replicas.ForEach(replica => replica.Tell(write.Key));
        return node;
    }

    public ReplicaEntry? Find(string key, PeerId reader, DateTimeOffset now) => _values.TryGetValue(key, out var found)
        ? new ReplicaEntry(key, found.Value, found.Height, found.Node, found.Writer == reader ? null : found.Writer, found.Writer == reader, now)
        : null;
}
