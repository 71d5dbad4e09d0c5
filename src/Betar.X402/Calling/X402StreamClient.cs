using Betar.X402.Framing;
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

    public Task<ExchangeOutcome> RequestAsync(X402Request request, CancellationToken cancellationToken) =>
        ExchangeAsync(MessageTypes.Request, MessageCodec.Write(request), request.CorrelationId, cancellationToken);

    public Task<ExchangeOutcome> PayAsync(PaidRequest request, CancellationToken cancellationToken) =>
        ExchangeAsync(MessageTypes.PaidRequest, MessageCodec.Write(request), request.CorrelationId, cancellationToken);

    public void Dispose() => _turn.Dispose();

    private async Task<ExchangeOutcome> ExchangeAsync(string type, byte[] data, string correlationId, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_broken)
            {
                return new ExchangeOutcome(null, ExchangeFailure.Disconnected);
            }

            _broken = true;
            var outcome = await WriteAndReadAsync(type, data, correlationId, cancellationToken);
            _broken = !outcome.HasReply;
            return outcome;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async ValueTask<ExchangeOutcome> WriteAndReadAsync(
        string type, byte[] data, string correlationId, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(_options.Timeout, _time, cancellationToken);
        try
        {
            if (!await FrameWriter.TryWriteAsync(_stream, type, data, _limits, _time, deadline.Token))
            {
                return new ExchangeOutcome(null, ExchangeFailure.Disconnected);
            }

            var result = await _reader.ReadAsync(deadline.Token);
            return result.Frame is { } frame ? Accept(frame, correlationId) : new ExchangeOutcome(null, Translate(result.Status));
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            return new ExchangeOutcome(null, ExchangeFailure.TimedOut);
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
