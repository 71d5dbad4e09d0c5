using System.Text;
using Betar.Tests.Shared;
using Betar.X402.Framing;
using Betar.X402.Pieces;
using Betar.X402.Protocol;
using Betar.X402.Serving;

namespace Betar.X402.Tests.Support;

/// <summary>A stream server whose one caller asked for pieces, and a seller whose work is the test's.</summary>
internal sealed class PieceBench : IX402Handler, IDisposable
{
    private readonly X402StreamServer _server;
    private readonly TaskCompletionSource<IPieceSink> _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<X402Reply> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public PieceBench(PieceLimits? limits = null, Func<bool>? maySpeak = null) => _server = new X402StreamServer(
        this, new X402ServerOptions { Pieces = limits ?? new PieceLimits(), MaySpeak = maySpeak ?? (() => true) }, Time, (fault, _) => Assert.Fail(fault.ToString()));

    public ManualTime Time { get; } = new();

    public ScriptedStream Stream { get; init; } = new();

    public LimitHits Metrics { get; } = new();

    /// <summary>Where the seller's work puts its pieces.</summary>
    public Task<IPieceSink> Pieces => _begun.Task.Soon();

    public Task<ConnectionEnd> Serving { get; private set; } = null!;

    public Task<IPieceSink> BeginAsync(CancellationToken cancellationToken = default)
    {
        Stream.Feed(FrameCodec.Encode(MessageTypes.PaidRequest, """{"correlation_id":"c"}"""u8));
        Serving = _server.ServeOneInPiecesAsync(Stream, "peer", cancellationToken);
        return Pieces;
    }

    public void Answer(string output) => _answer.SetResult(new X402Response { CorrelationId = "c", Body = OutputBody.Write(output) });

    public void Fail(Exception fault) => _answer.SetException(fault);

    /// <summary>The next frame that is no sign of life; time passes until it comes.</summary>
    public async Task<(string Type, string Json, DateTimeOffset At)> NextAsync()
    {
        while (true)
        {
            var next = await NextOfAllAsync();
            if (next.Type != MessageTypes.Piece || MessageCodec.ParsePiece(Golden.Utf8(next.Json)).Value!.Text.Length > 0)
                return next;
        }
    }

    /// <summary>The next frame, whatever it is.</summary>
    public async Task<(string Type, string Json, DateTimeOffset At)> NextOfAllAsync()
    {
        Task<byte[]> next = Stream.NextWriteAsync();
        while (!next.IsCompleted)
        {
            await Task.Yield();
            Time.Advance(TimeSpan.FromMilliseconds(1));
        }

        byte[] frame = await next;
        return (Encoding.ASCII.GetString(frame, 2, frame[1]), Encoding.UTF8.GetString(frame.AsSpan(6 + frame[1])), Time.GetUtcNow());
    }

    public async Task<string> NextTextAsync()
    {
        var (type, json, _) = await NextAsync();
        Assert.Equal(MessageTypes.Piece, type);
        return MessageCodec.ParsePiece(Golden.Utf8(json)).Value!.Text;
    }

    public async Task<string> NextAnswerAsync()
    {
        var (type, json, _) = await NextAsync();
        Assert.Equal(MessageTypes.Response, type);
        return OutputBody.Decode(MessageCodec.ParseResponse(Golden.Utf8(json)).Value!.Body.Span);
    }

    public async ValueTask<X402Reply> HandlePaidRequestAsync(PaidRequest request, X402Call call, CancellationToken cancellationToken)
    {
        _begun.SetResult(call.Pieces!);
        return await _answer.Task.WaitAsync(cancellationToken);
    }

    public ValueTask<X402Reply> HandleRequestAsync(X402Request request, X402Call call, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Nobody asks for a price here.");

    public void Dispose()
    {
        _server.Dispose();
        Stream.Dispose();
        Metrics.Dispose();
    }
}
