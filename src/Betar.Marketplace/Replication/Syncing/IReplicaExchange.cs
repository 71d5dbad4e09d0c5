using Betar.Libp2p.Identity;

namespace Betar.Marketplace.Replication.Syncing;

/// <summary>Carries a request of the bulk protocol to a peer and its answer back.</summary>
public interface IReplicaExchange
{
    /// <returns>Null: the peer does not speak the protocol, or did not answer.</returns>
    ValueTask<ReadOnlyMemory<byte>?> AskAsync(PeerId peer, ReadOnlyMemory<byte> request, CancellationToken cancellationToken);
}
