using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;

namespace Betar.Marketplace.Replication;

/// <summary>A set of keys and values that all replicas agree on in the end. Knows nothing of what the values mean.</summary>
public interface IReplica
{
    /// <summary>Writes changes as one node and tells the others. Null: they changed nothing.</summary>
    ValueTask<Cid?> WriteAsync(IReadOnlyList<ReplicaWrite> writes, CancellationToken cancellationToken);

    ReplicaEntry? Find(string key);

    /// <summary>All entries as they are now.</summary>
    IReadOnlyList<ReplicaEntry> Entries { get; }

    /// <summary>Called after each change of a key's value, own ones too, in the order of the changes. Must not block.</summary>
    event EventHandler<ReplicaChangedEventArgs>? Changed;
}
