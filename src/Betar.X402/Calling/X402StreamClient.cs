using Betar.X402.Framing;
using Betar.X402.Pieces;
using Betar.X402.Protocol;

namespace Betar.X402.Calling;

/// <summary>
/// The buyer's end of one connection. Exchanges run one after the other; after a failure the connection is of no
/// further use, because its answers could belong to an earlier request.
/// </summary>
public sealed class X402StreamClient : IDisposable
{
    private readonly Stream _stream;
    private readonly X402ClientOptions _options;
    private readonly TimeProvider _time;
    private readonly FrameLimits _limits;
    private readonly FrameReader _reader;
    private readonly SemaphoreSlim _turn = new(1);
    private bool _broken;

    public X402StreamClient(Stream stream, X402ClientOptions options, TimeProvider time)
    {
        if (options.Validate() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        _stream = stream;
        _options = options;
        _time = time;
        _limits = new FrameLimits
        {
            MaxDataLength = options.MaxAnswerLength,
            IdleTimeout = options.Timeout,
            HeaderTimeout = options.Timeout,
            BodyTimeout = options.Timeout,
            WriteTimeout = options.Timeout,
        };
        _reader = new FrameReader(stream, _limits, time);
    }

    /// <summary>False after a failure: open another connection.</summary>
    public bool IsUsable => !_broken;

    public Task<ExchangeOutcome> RequestAsync(X402Request request, CancellationToken cancellationToken) => RequestAsync(request, null, cancellationToken);

    public Task<ExchangeOutcome> PayAsync(PaidRequest request, CancellationToken cancellationToken) => PayAsync(request, null, cancellationToken);

    /// <param name="request">What is asked.</param>
    /// <param name="pieces">Takes pieces of the answer, on a stream of <see cref="StreamProtocol.PiecesId"/>; null: pieces are no answer.</param>
    /// <param name="cancellationToken">Ends the exchange.</param>
    public Task<ExchangeOutcome> RequestAsync(X402Request request, IPieceSink? pieces, CancellationToken cancellationToken) =>
        ExchangeAsync(MessageTypes.Request, MessageCodec.Write(request), request.CorrelationId, pieces, cancellationToken);

    /// <inheritdoc cref="RequestAsync(X402Request, IPieceSink?, CancellationToken)"/>
    public Task<ExchangeOutcome> PayAsync(PaidRequest request, IPieceSink? pieces, CancellationToken cancellationToken) =>
        ExchangeAsync(MessageTypes.PaidRequest, MessageCodec.Write(request), request.CorrelationId, pieces, cancellationToken);

    public void Dispose() => _turn.Dispose();

    private async Task<ExchangeOutcome> ExchangeAsync(
        string type, byte[] data, string correlationId, IPieceSink? pieces, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_broken)
            {
                return new ExchangeOutcome(null, ExchangeFailure.Disconnected);
            }

            _broken = true;
            var outcome = await WriteAndReadAsync(type, data, correlationId, pieces, cancellationToken);
            _broken = !outcome.HasReply;
            return outcome;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async ValueTask<ExchangeOutcome> WriteAndReadAsync(
        string type, byte[] data, string correlationId, IPieceSink? pieces, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(pieces is null ? _options.Timeout : _options.PiecesTimeout, _time, cancellationToken);
        try
        {
            if (!await FrameWriter.TryWriteAsync(_stream, type, data, _limits, _time, deadline.Token))
            {
                return new ExchangeOutcome(null, ExchangeFailure.Disconnected);
            }

            return await ReadReplyAsync(correlationId, pieces, deadline.Token);
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            return new ExchangeOutcome(null, ExchangeFailure.TimedOut);
        }
    }

    /// <summary>Whatever the pieces were, the frame behind them is the answer.</summary>
    private async ValueTask<ExchangeOutcome> ReadReplyAsync(string correlationId, IPieceSink? pieces, CancellationToken cancellationToken)
    {
        for (var heard = 0; ; heard++)
        {
            var result = await _reader.ReadAsync(cancellationToken);
            if (result.Frame is not { } frame)
            {
                return new ExchangeOutcome(null, Translate(result.Status));
            }

            if (pieces is null || frame.Type != MessageTypes.Piece)
            {
                return Accept(frame, correlationId);
            }

            if (heard >= _options.MaxPieces)
            {
                return new ExchangeOutcome(null, ExchangeFailure.TooManyPieces);
            }

            var piece = MessageCodec.ParsePiece(frame.Data.Span);
            if (!piece.IsOk)
            {
                return new ExchangeOutcome(null, ExchangeFailure.Malformed);
            }

            if (piece.Value.CorrelationId != correlationId)
            {
                return new ExchangeOutcome(null, ExchangeFailure.WrongCorrelation);
            }

            pieces.Add(piece.Value.Text);
        }
    }

    private static ExchangeOutcome Accept(Frame frame, string correlationId)
    {
        var reply = MessageCodec.ParseReply(frame.Type, frame.Data.Span);
        if (!reply.IsOk)
        {
            return new ExchangeOutcome(null, ExchangeFailure.Malformed);
        }

        // The original answers a request that it could not read with an error without an id.
        var fits = reply.Value.CorrelationId == correlationId || reply.Value is X402Error { CorrelationId: "" };
        return fits ? new ExchangeOutcome(reply.Value, ExchangeFailure.None) : new ExchangeOutcome(null, ExchangeFailure.WrongCorrelation);
    }

    private static ExchangeFailure Translate(FrameReadStatus status) => status switch
    {
        FrameReadStatus.Malformed => ExchangeFailure.Malformed,
        FrameReadStatus.TooLarge => ExchangeFailure.TooLarge,
        FrameReadStatus.Idle or FrameReadStatus.TooSlow => ExchangeFailure.TimedOut,
        _ => ExchangeFailure.Disconnected,
    };
}
