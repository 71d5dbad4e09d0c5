using Betar.Libp2p.Peers;

namespace Betar.Libp2p.Discovery;

/// <summary>Those who were there when they were dialled before the restart: a node that comes back does not depend on anybody else to find its network again.</summary>
internal sealed class RememberedPeers(Libp2pHost host, DiscoveryOptions options) : IPeerSource
{
    public string Name => "remembered";

    public async Task RunAsync(IPeerSink sink, CancellationToken cancellationToken)
    {
        foreach (var peer in await host.BestPeersAsync(options.Remembered, cancellationToken))
        {
            if (peer.Standing >= PeerStanding.Reached)
                sink.Take(new PeerCandidate(peer.Peer, [.. peer.Addresses], PeerOrigin.Remembered, Name));
        }
    }
}
