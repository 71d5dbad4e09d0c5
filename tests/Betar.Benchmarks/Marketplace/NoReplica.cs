using Betar.Libp2p.Multiformats;
using Betar.Marketplace.Replication;

namespace Betar.Benchmarks.Marketplace;

/// <summary>A set that takes everything and keeps nothing.</summary>
internal sealed class NoReplica : IReplica
{
    public event EventHandler<ReplicaChangedEventArgs>? Changed
    {
        add { }
        remove { }
    }

    public IReadOnlyList<ReplicaEntry> Entries => [];

    public ValueTask<Cid?> WriteAsync(IReadOnlyList<ReplicaWrite> writes, CancellationToken cancellationToken) => ValueTask.FromResult<Cid?>(null);

    public ReplicaEntry? Find(string key) => null;
}
