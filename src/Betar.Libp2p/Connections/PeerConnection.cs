using Betar.Libp2p.Identity;
using Betar.Libp2p.Limits;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Muxing;
using Betar.Libp2p.Upgrading;

namespace Betar.Libp2p.Connections;

/// <summary>A connection to a peer that is known, with what it holds.</summary>
internal sealed class PeerConnection(
    UpgradedConnection upgraded, bool inbound, Multiaddr local, Multiaddr remote, ConnectionHolding holding, TimeProvider time)
{
    private readonly long _opened = time.GetTimestamp();
    private readonly DateTimeOffset _openedAt = time.GetUtcNow();
    private int _closing;

    public PeerId Peer => upgraded.RemotePeer;

    public PublicKey Key => upgraded.RemoteKey;

    public bool Inbound => inbound;

    public Multiaddr Remote => remote;

    public IMuxedConnection Muxer => upgraded.Connection;

    public ConnectionHolding Holding => holding;

    public TimeSpan Age => time.GetElapsedTime(_opened);

    /// <summary>Still in use, and not about to be closed.</summary>
    public bool IsUsable => Volatile.Read(ref _closing) == 0 && !Muxer.Completion.IsCompleted;

    /// <summary>Carries new streams, too: the peer has not said goodbye.</summary>
    public bool TakesStreams => IsUsable && Muxer.TakesStreams;

    public bool IsIdle => Muxer.StreamCount == 0;

    public ConnectionInfo Info => new(
        Peer, inbound, local, remote, upgraded.Security, upgraded.Muxer, upgraded.EarlyMuxer, _openedAt, Muxer.StreamCount, Muxer.RoundTrip);

    /// <summary>Says goodbye; streams that are open end.</summary>
    public async Task CloseAsync(GoAwayCode code = GoAwayCode.Normal)
    {
        Volatile.Write(ref _closing, 1);
        await Muxer.CloseAsync(code);
    }

    /// <summary>Ends without a word.</summary>
    public void Abort()
    {
        Volatile.Write(ref _closing, 1);
        Muxer.Abort(Libp2pError.Closed);
    }
}
