using Betar.Libp2p.Connections;
using Betar.Libp2p.Diagnostics;
using Betar.Libp2p.Limits;
using Betar.Libp2p.Muxing;
using Betar.Libp2p.Negotiation;
using Betar.Libp2p.Scheduling;
using Microsoft.Extensions.Logging;

namespace Betar.Libp2p.Protocols;

/// <summary>Takes the streams that a peer opens, finds out what they are for, and gives each to its handler, away from the read loop.</summary>
internal sealed partial class StreamServer(
    ProtocolTable protocols, StreamLimitOptions limits, MultistreamOptions negotiation, BackgroundWork work, LimitMeter meter, TimeProvider time, ILogger logger,
    CancellationToken stopping)
{
    public const string NegotiationTimeLimit = "stream.negotiation_timeout";

    private readonly Lock _lock = new();
    private TaskCompletionSource? _drained;
    private int _serving;

    /// <summary>From here on no new streams are taken; done when those that delay a stop have ended.</summary>
    public Task DrainAsync()
    {
        lock (_lock)
        {
            _drained ??= Completions.Create(work.Scheduler);
            if (_serving == 0)
                _drained.TrySetResult();
            return _drained.Task;
        }
    }

    public async Task ServeAsync(PeerConnection connection)
    {
        while (await connection.Muxer.AcceptStreamAsync(stopping) is { } stream)
        {
            if (Volatile.Read(ref _drained) is not null || connection.Holding.TryOpenStream(inbound: true) is not { } holding)
                stream.Reset();
            else
                work.Run(() => ServeAsync(connection, stream, holding));
        }
    }

    private async Task ServeAsync(PeerConnection connection, MuxedStream stream, StreamHolding holding)
    {
        using var span = Libp2pInstruments.Spans.StartActivity("libp2p.stream");
        using (holding)
        {
            try
            {
                if (await NegotiateAsync(stream) is not { } protocol || protocols.Find(protocol) is not { } registration)
                {
                    await stream.DisposeAsync();
                    return;
                }

                span?.SetTag("protocol", registration.Name);
                if (!holding.TryAssign(registration.Name))
                {
                    stream.Reset();
                    return;
                }

                Libp2pInstruments.StreamOpened(inbound: true);
                stream.IdleTimeout = registration.Options.IdleTimeout ?? limits.IdleTimeout;
                // Closed in order only when the handler has come to its end: a stream that merely ended would look complete to the peer.
                var served = new Libp2pStream(stream, connection.Info, protocol, inbound: true);
                await ServeAsync(registration, served);
                await served.DisposeAsync();
            }
            catch (Exception error)
            {
                stream.Reset();
                if (error is Libp2pException known)
                    meter.Observe(known);
                if (error is IOException or OperationCanceledException)
                    LogEnded(logger, connection.Peer, error);
                else
                    LogHandlerFailed(logger, connection.Peer, error);
            }
        }
    }

    private async Task ServeAsync(ProtocolRegistration registration, Libp2pStream stream)
    {
        Count(registration, 1);
        try
        {
            await registration.Handler(stream, stopping);
        }
        finally
        {
            Count(registration, -1);
        }
    }

    private void Count(ProtocolRegistration registration, int change)
    {
        if (!registration.DelaysStop)
            return;
        lock (_lock)
        {
            _serving += change;
            if (_serving == 0)
                _drained?.TrySetResult();
        }
    }

    /// <summary>Null: the peer asked for nothing that is served here.</summary>
    private async Task<string?> NegotiateAsync(MuxedStream stream)
    {
        using var deadline = new Deadline(limits.NegotiationTimeout, time, stopping);
        try
        {
            return await MultistreamSelect.AnswerAsync(stream, protocol => protocols.Find(protocol) is not null, negotiation, deadline.Token);
        }
        catch (OperationCanceledException) when (deadline.Expired)
        {
            throw Libp2pException.Late(NegotiationTimeLimit, "The peer did not say in time what its stream is for.");
        }
    }
}
