using Betar.Libp2p;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Protocols;

namespace Betar.Marketplace.Replication.Syncing;

/// <summary>The bulk protocol over a libp2p host: one request and one page a stream.</summary>
public sealed class HostReplicaExchange(Libp2pHost host, ReplicaOptions options) : IReplicaExchange
{
    public const string Protocol = "/betar-orleans/replica-sync/1.0.0";

    private RequestOptions Bounds(int maxBytes) => new() { Timeout = options.SyncTimeout, MaxBytes = maxBytes };

    /// <summary>Answers others from a replica; disposing the answer ends it.</summary>
    public IDisposable Serve(Replica replica) => host.HandleRequests(
        Protocol, (_, request, cancellationToken) => replica.AnswerSyncAsync(request, cancellationToken), Bounds(SyncCodec.MaxRequestBytes));

    public async ValueTask<ReadOnlyMemory<byte>?> AskAsync(PeerId peer, ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        try
        {
            var page = await host.RequestAsync(peer, Protocol, request, Bounds(options.SyncPageBytes + (2 * options.MaxNodeBytes)), cancellationToken);
            return page.Length == 0 ? null : page;
        }
        catch (Libp2pException refused) when (refused.Code is Libp2pError.UnknownProtocol or Libp2pError.NotDialable)
        {
            // Original nodes do not speak it.
            return null;
        }
    }
}
