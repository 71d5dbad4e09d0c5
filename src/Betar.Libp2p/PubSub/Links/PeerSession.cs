using Betar.Libp2p.Identity;
using Betar.Libp2p.Limits;
using Betar.Libp2p.PubSub.Routing;
using Betar.Libp2p.PubSub.Wire;
using Betar.Libp2p.Scheduling;

namespace Betar.Libp2p.PubSub.Links;

/// <summary>
/// One peer: a stream of ours on which we only write, and one of the peer's on which we only read. Whoever writes on the other's stream, or ends
/// his side of it, is left by go-libp2p.
/// </summary>
internal sealed class PeerSession(PeerId peer, Libp2pHost host, GossipRouter router, GossipLimitOptions limits)
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time = host.Parts.Time;
    private TaskCompletionSource<RouterPeer> _ready = Completions.Create<RouterPeer>(host.Parts.Scheduler);
    private Libp2pStream? _inbound;
    private bool _ended;

    /// <summary>Somebody has asked for the session since its stream was last opened: there may be a new connection. Guarded by the owner's lock.</summary>
    public bool IsWanted { get; set; }

    /// <summary>Writes to the peer until the stream breaks.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        await using var stream = await host.OpenStreamAsync(peer, GossipProtocol.All, cancellationToken);
        stream.IdleTimeout = Timeout.InfiniteTimeSpan;
        var queue = new PeerQueue(limits, router.Meter.Limits);
        var linked = router.AddPeer(
            peer, GossipProtocol.VersionOf(stream.Protocol), !stream.Connection.Inbound, AddressGroup.Of(stream.Connection.Remote), queue);
        _ready.SetResult(linked);
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            var watching = WatchAsync(stream, broken);
            try
            {
                await queue.WriteToAsync(stream, broken.Token);
            }
            finally
            {
                stream.Reset();
                await watching;
            }
        }
        finally
        {
            lock (_lock)
                _ready = Completions.Create<RouterPeer>(host.Parts.Scheduler);
            router.RemovePeer(linked);
        }
    }

    /// <summary>Takes what the peer says, once it listens to us. A newer stream of the peer's replaces this one.</summary>
    public async Task ReadAsync(Libp2pStream stream, CancellationToken cancellationToken)
    {
        Libp2pStream? before;
        lock (_lock)
        {
            if (_ended)
                throw new Libp2pException(Libp2pError.Closed, "The session with the peer has ended.");
            (before, _inbound) = (_inbound, stream);
        }

        before?.Reset();
        var frames = new RpcFrames(stream, limits.RpcBytes, limits.FrameTimeout, _time);
        try
        {
            while (true)
            {
                var linked = await LinkedAsync(cancellationToken);
                if (await frames.ReadAsync(cancellationToken) is not { } frame)
                    return;
                if (!RpcReader.TryRead(frame.Span, limits, out var rpc))
                    throw new Libp2pException(Libp2pError.Malformed, "A frame is no message of this protocol.");
                router.Receive(linked, rpc);
            }
        }
        catch (Libp2pException error) when (error.Code is Libp2pError.Malformed or Libp2pError.LimitExceeded or Libp2pError.Timeout)
        {
            router.Penalize(peer);
            if (error.Limit is { } limit)
                router.Meter.Limits.Hit(limit);
            throw;
        }
        finally
        {
            lock (_lock)
                _inbound = _inbound == stream ? null : _inbound;
        }
    }

    /// <summary>Nothing more is read.</summary>
    public void End()
    {
        Libp2pStream? inbound;
        lock (_lock)
            (_ended, inbound) = (true, _inbound);
        inbound?.Reset();
    }

    private async ValueTask<RouterPeer> LinkedAsync(CancellationToken cancellationToken)
    {
        Task<RouterPeer> ready;
        lock (_lock)
            ready = _ready.Task;
        if (ready.IsCompletedSuccessfully)
            return await ready;
        try
        {
            return await ready.WaitAsync(limits.LinkTimeout, _time, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw Libp2pException.Late(GossipCap.LinkTimeout, "A peer that speaks to us does not listen.");
        }
    }

    /// <summary>
    /// Nothing is ever to come back. Whatever does come, the end in order too, is the peer's end of it: js-libp2p ends its streams so before it
    /// hangs up.
    /// </summary>
    private static async Task WatchAsync(Libp2pStream stream, CancellationTokenSource broken)
    {
        try
        {
            await stream.ReadFullyAsync(new byte[1], broken.Token);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The writer is told below, and says why.
        }

        broken.Cancel();
    }
}
