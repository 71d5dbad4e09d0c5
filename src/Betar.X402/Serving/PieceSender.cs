using Betar.X402.Framing;
using Betar.X402.Pieces;
using Betar.X402.Protocol;

namespace Betar.X402.Serving;

/// <summary>
/// Writes the pieces of one answer onto its stream until the answer is there, not faster than allowed, and says in between that the work goes
/// on. A peer that does not read ends the pieces, never the work.
/// </summary>
internal sealed class PieceSender : IPieceSink, IAsyncDisposable
{
    private readonly Stream _stream;
    private readonly string _correlationId;
    private readonly X402ServerOptions _options;
    private readonly TimeProvider _time;
    private readonly PieceBuffer _buffer;
    private readonly CancellationTokenSource _ended = new();
    private readonly Task<bool> _sending;

    /// <param name="cancellationToken">Ends the service: then not even a piece that is being written is finished.</param>
    internal PieceSender(Stream stream, string correlationId, X402ServerOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        (_stream, _correlationId, _options, _time) = (stream, correlationId, options, time);
        _buffer = new PieceBuffer(options.Pieces);
        _sending = SendAsync(cancellationToken);
    }

    public bool IsOpen => _buffer.IsOpen;

    public void Add(string text) => _buffer.Add(text);

    /// <summary>No more pieces; what was being written is finished first. False: the peer does not read, or nothing may be said any more; the stream is of no use.</summary>
    internal async Task<bool> EndAsync()
    {
        _buffer.End();
        await _ended.CancelAsync();
        return await _sending;
    }

    public async ValueTask DisposeAsync()
    {
        _buffer.End();
        await _ended.CancelAsync();
        await ((Task)_sending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ended.Dispose();
    }

    private async Task<bool> SendAsync(CancellationToken cancellationToken)
    {
        var pause = TimeSpan.FromTicks(TimeSpan.TicksPerSecond / _options.Pieces.PerSecond);
        for (var sent = 0; await NextAsync(sent) is { } text; sent += text.Length == 0 ? 0 : 1)
        {
            var piece = MessageCodec.Write(new X402Piece { CorrelationId = _correlationId, Text = text });
            if (!_options.MaySpeak() || !await TryWriteAsync(piece, cancellationToken))
            {
                _buffer.End();
                return false;
            }

            X402Instruments.OnPiece(isBeat: text.Length == 0);
            await Task.Delay(pause, _time, _ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return true;
    }

    private async ValueTask<bool> TryWriteAsync(byte[] piece, CancellationToken cancellationToken)
    {
        bool written = await FrameWriter.TryWriteAsync(_stream, MessageTypes.Piece, piece, _options.Frames, _time, cancellationToken);
        if (!written)
        {
            X402Instruments.OnLimitHit("write_time");
        }

        return written;
    }

    /// <summary>The next text; empty when it is time to say that the work goes on; null when the answer is there.</summary>
    private async ValueTask<string?> NextAsync(int sent)
    {
        if (sent >= _options.Pieces.MaxPieces && _buffer.IsOpen)
        {
            X402Instruments.OnLimitHit("pieces");
            _buffer.End();
        }

        using var beat = new Deadline(_options.Pieces.Beat, _time, _ended.Token);
        try
        {
            if (sent < _options.Pieces.MaxPieces && await _buffer.TakeAsync(beat.Token) is { } text && !_ended.IsCancellationRequested)
            {
                return text;
            }

            await Task.Delay(Timeout.InfiniteTimeSpan, _time, beat.Token);
        }
        catch (OperationCanceledException)
        {
            // Either the time for a sign of life, or the end.
        }

        return _ended.IsCancellationRequested ? null : "";
    }
}
