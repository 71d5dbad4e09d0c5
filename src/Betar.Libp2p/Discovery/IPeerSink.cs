namespace Betar.Libp2p.Discovery;

/// <summary>Takes what sources find. Never blocks, and takes no more than it can use.</summary>
public interface IPeerSink
{
    void Take(PeerCandidate candidate);
}
