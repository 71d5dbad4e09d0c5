using Betar.Blocks.Exchange.Server;
using Betar.Libp2p.Identity;

namespace Betar.Blocks.Exchange.Peers;

/// <summary>A connected peer: what we ask of it, what it asks of us, and the ways to it.</summary>
internal sealed class BitswapPeer(PeerId id, ControlOutbox control, MessageSink blocks, ByteBudget incoming, CancellationTokenSource gone)
{
    public PeerId Id => id;

    public ControlOutbox Control => control;

    /// <summary>Blocks have a stream of their own, so that wants do not wait behind them.</summary>
    public MessageSink Blocks => blocks;

    /// <summary>What it may have sent in part.</summary>
    public ByteBudget Incoming => incoming;

    /// <summary>Cancelled when the peer is not connected any more.</summary>
    public CancellationToken Gone { get; } = gone.Token;

    /// <summary>Guarded by the client's lock.</summary>
    public PeerStanding Standing { get; } = new();

    /// <summary>Guarded by the server's lock.</summary>
    public PeerLedger Ledger { get; } = new();

    public void Leave()
    {
        gone.Cancel();
        gone.Dispose();
    }
}
