using Betar.X402.Framing;
using Betar.X402.Protocol;

namespace Betar.X402.Serving;

/// <summary>
/// Serves any number of connections; one call of <see cref="ServeAsync"/> is one of them. A malformed frame closes
/// its connection without a word; everything else gets one frame back, and before it pieces of the answer if its protocol has them.
/// </summary>
public sealed class X402StreamServer : IDisposable
{
    private readonly IX402Handler _handler;
    private readonly X402ServerOptions _options;
    private readonly TimeProvider _time;
    private readonly Action<Exception, X402Call> _onHandlerFault;
    private readonly CallGate _gate;
    private readonly CallGate _gateInPieces;

    /// <param name="onHandlerFault">Gets every exception of the handler: the caller on the wire never sees its text.</param>
    public X402StreamServer(IX402Handler handler, X402ServerOptions options, TimeProvider time, Action<Exception, X402Call> onHandlerFault)
    {
        if (options.Validate() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        _handler = handler;
        _options = options;
        _time = time;
        _onHandlerFault = onHandlerFault;
        _gate = new CallGate(options, options.MaxConcurrent, time);
        _gateInPieces = new CallGate(options, options.MaxConcurrentInPieces, time);
    }

    /// <summary>
    /// Reads and answers frames until the peer closes, breaks a limit, or the token ends the service. Does not close
    /// the stream. Returns why it ended.
    /// </summary>
    public async Task<ConnectionEnd> ServeAsync(Stream stream, string peer, CancellationToken cancellationToken)
    {
        var reader = new FrameReader(stream, _options.Frames, _time);
        for (var served = 0; served < _options.MaxFramesPerConnection; served++)
        {
            if (await ServeFrameAsync(reader, stream, peer, inPieces: false, cancellationToken) is { } end)
            {
                return end;
            }
        }

        X402Instruments.OnLimitHit("frames_per_connection");
        return ConnectionEnd.TooManyFrames;
    }

    /// <summary>Reads and answers one frame, as streams of libp2p carry it; <see cref="ConnectionEnd.Closed"/>: it was answered, or none came.</summary>
    public async Task<ConnectionEnd> ServeOneAsync(Stream stream, string peer, CancellationToken cancellationToken) =>
        await ServeFrameAsync(new FrameReader(stream, _options.Frames, _time), stream, peer, inPieces: false, cancellationToken) ?? ConnectionEnd.Closed;

    /// <summary>The same on a stream of <see cref="StreamProtocol.PiecesId"/>.</summary>
    public async Task<ConnectionEnd> ServeOneInPiecesAsync(Stream stream, string peer, CancellationToken cancellationToken) =>
        await ServeFrameAsync(new FrameReader(stream, _options.Frames, _time), stream, peer, inPieces: true, cancellationToken) ?? ConnectionEnd.Closed;

    public void Dispose()
    {
        _gate.Dispose();
        _gateInPieces.Dispose();
    }

    /// <summary>Null: answered, and another frame may come.</summary>
    private async ValueTask<ConnectionEnd?> ServeFrameAsync(
        FrameReader reader, Stream stream, string peer, bool inPieces, CancellationToken cancellationToken)
    {
        var result = await reader.ReadAsync(cancellationToken);
        if (result.Frame is not { } frame)
        {
            return OnNoFrame(result.Status);
        }

        if (await AnswerAsync(frame, new X402Call(peer, _time.GetUtcNow()), inPieces ? stream : null, cancellationToken) is not { } reply)
        {
            return ConnectionEnd.PeerNotReading;
        }

        var (type, data) = Encode(reply);
        if (!await FrameWriter.TryWriteAsync(stream, type, data, _options.Frames, _time, cancellationToken))
        {
            X402Instruments.OnLimitHit("write_time");
            return ConnectionEnd.PeerNotReading;
        }

        X402Instruments.OnAnswered(type);
        return null;
    }

    private static (string Type, byte[] Data) Encode(X402Reply reply)
    {
        var data = MessageCodec.Write(reply);
        if (data.Length <= FrameLimits.ProtocolMaxDataLength)
        {
            return (MessageCodec.TypeOf(reply), data);
        }

        X402Instruments.OnLimitHit("answer_size");
        var error = X402Error.Create(StreamErrorCode.ExecutionFailed, reply.CorrelationId, "The answer is too long for a frame.");
        return (MessageTypes.Error, MessageCodec.Write(error));
    }

    private static ConnectionEnd OnNoFrame(FrameReadStatus status)
    {
        var (end, limit) = status switch
        {
            FrameReadStatus.Closed => (ConnectionEnd.Closed, null),
            FrameReadStatus.Idle => (ConnectionEnd.Idle, "idle_time"),
            FrameReadStatus.TooSlow => (ConnectionEnd.TooSlow, "read_time"),
            FrameReadStatus.TooLarge => (ConnectionEnd.TooLarge, "frame_size"),
            _ => (ConnectionEnd.Malformed, (string?)null),
        };
        if (limit is not null)
        {
            X402Instruments.OnLimitHit(limit);
        }

        return end;
    }

    /// <param name="pieces">Where pieces of the answer go; null: nobody asked for any.</param>
    /// <returns>Null: the peer did not read the pieces, and would not read the answer.</returns>
    private ValueTask<X402Reply?> AnswerAsync(Frame frame, X402Call call, Stream? pieces, CancellationToken cancellationToken)
    {
        switch (frame.Type)
        {
            case MessageTypes.Request:
                var request = MessageCodec.ParseRequest(frame.Data.Span);
                return request.IsOk
                    ? RunAsync(request.Value.CorrelationId, StreamErrorCode.InvalidMessage, call, pieces, _handler.HandleRequestAsync, request.Value, cancellationToken)
                    : new(Invalid(request.Fault));
            case MessageTypes.PaidRequest:
                var paid = MessageCodec.ParsePaidRequest(frame.Data.Span);
                return paid.IsOk
                    ? RunAsync(paid.Value.CorrelationId, StreamErrorCode.ExecutionFailed, call, pieces, _handler.HandlePaidRequestAsync, paid.Value, cancellationToken)
                    : new(Invalid(paid.Fault));
            default:
                return new(Invalid($"unknown message type: {frame.Type}"));
        }
    }

    private async ValueTask<X402Reply?> RunAsync<T>(
        string correlationId,
        StreamErrorCode onFault,
        X402Call call,
        Stream? pieces,
        Func<T, X402Call, CancellationToken, ValueTask<X402Reply>> handle,
        T message,
        CancellationToken cancellationToken)
    {
        if (correlationId.Length > _options.MaxCorrelationIdLength)
        {
            X402Instruments.OnLimitHit("correlation_id");
            return Invalid("The correlation id is too long.");
        }

        var gate = pieces is null ? _gate : _gateInPieces;
        if (!await gate.TryEnterAsync(cancellationToken))
        {
            return X402Error.Create(StreamErrorCode.Busy, correlationId, "The seller is busy; ask again.");
        }

        X402Instruments.OnCallStarted();
        try
        {
            if (pieces is null)
            {
                return await GuardAsync(correlationId, onFault, call, handle, message, cancellationToken);
            }

            await using var sender = new PieceSender(pieces, correlationId, _options, _time, cancellationToken);
            var reply = await GuardAsync(correlationId, onFault, call with { Pieces = sender }, handle, message, cancellationToken);
            return await sender.EndAsync() ? reply : null;
        }
        finally
        {
            X402Instruments.OnCallEnded();
            gate.Leave();
        }
    }

    private async ValueTask<X402Reply> GuardAsync<T>(
        string correlationId,
        StreamErrorCode onFault,
        X402Call call,
        Func<T, X402Call, CancellationToken, ValueTask<X402Reply>> handle,
        T message,
        CancellationToken cancellationToken)
    {
        try
        {
            return await handle(message, call, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            X402Instruments.OnHandlerFault();
            _onHandlerFault(fault, call);
            return X402Error.Create(onFault, correlationId, "The request could not be handled.");
        }
    }

    private static X402Error Invalid(string message) => X402Error.Create(StreamErrorCode.InvalidMessage, "", message);
}
