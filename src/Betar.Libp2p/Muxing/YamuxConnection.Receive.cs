using Betar.Libp2p.Diagnostics;
namespace Betar.Libp2p.Muxing;

internal sealed partial class YamuxConnection
{
    public const string ControlLimit = "streams.control_frames_per_second";
    public const string InboundLimit = "streams.inbound_per_connection";
    public const string BacklogLimit = "streams.ack_backlog";
    public const string RateLimit = "streams.new_per_second";

    /// <summary>Who sends without a pause is read so far, which is one full Noise message; then it is the others' turn.</summary>
    private const int Turn = 48 * 1024;

    private const string WindowOverrun = "more data than its window allows";
    private const string Flood = "too many frames that carry nothing";
    private readonly TokenBucket _control;
    private readonly TokenBucket _opened;
    private long _unansweredFrames;
    private readonly byte[] _partial = new byte[YamuxHeader.Size];
    private int _partialLength;
    private uint _bodyLeft;
    private YamuxStream? _bodyStream;
    private bool _bodyEnds;

    private async Task ReceiveAsync()
    {
        var turn = Turn;
        try
        {
            while (true)
            {
                var receiving = _link.ReceiveAsync(CancellationToken.None);
                if (!receiving.IsCompleted)
                    turn = Turn;
                var chunk = await receiving;
                if (chunk.IsEmpty)
                {
                    await _link.DisposeAsync();
                    End(static () => new Libp2pException(Libp2pError.ConnectionClosed, "The peer closed the connection."));
                    return;
                }

                var violation = Process(chunk.Span);
                _link.Consume(chunk.Length);
                if (violation is not null)
                {
                    await RefuseAsync(violation);
                    return;
                }

                Outbound.Flush();
                turn -= chunk.Length;
                if (turn > 0)
                    continue;
                await Task.Yield();
                turn = Turn;
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            OnBroken(e);
        }
        finally
        {
            _link.ReleaseBuffer();
        }
    }

    /// <summary>A frame of data was sent, on whichever stream.</summary>
    public void OnDataSent() => Interlocked.Increment(ref _unansweredFrames);

    private async Task RefuseAsync(string violation)
    {
        Outbound.Append(new YamuxHeader(YamuxFrameType.GoAway, YamuxFlags.None, 0, (uint)GoAwayCode.ProtocolError));
        Outbound.Flush();
        if (Outbound.IsDrained)
            await _link.DisposeAsync();
        if (violation == Flood)
            Options.LimitHit(ControlLimit);
        var code = violation == Flood ? Libp2pError.LimitExceeded : Libp2pError.Malformed;
        End(() => new Libp2pException(code, $"The peer sent {violation}."));
    }

    /// <summary>Takes bytes in whatever pieces they come. Null: all is well; otherwise what the peer did wrong.</summary>
    private string? Process(ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty)
        {
            if (_bodyLeft > 0)
            {
                var body = data[..(int)Math.Min(_bodyLeft, (uint)data.Length)];
                data = data[body.Length..];
                _bodyLeft -= (uint)body.Length;
                _bodyStream?.OnData(body);
                if (_bodyLeft == 0)
                    EndBody();
                continue;
            }

            var source = data;
            if (_partialLength > 0 || data.Length < YamuxHeader.Size)
            {
                var count = Math.Min(YamuxHeader.Size - _partialLength, data.Length);
                data[..count].CopyTo(_partial.AsSpan(_partialLength));
                _partialLength += count;
                data = data[count..];
                if (_partialLength < YamuxHeader.Size)
                    return null;
                source = _partial;
                _partialLength = 0;
            }
            else
            {
                data = data[YamuxHeader.Size..];
            }

            if ((YamuxHeader.Read(source, out var header) ?? OnFrame(header)) is { } violation)
                return violation;
        }

        return null;
    }

    private void EndBody()
    {
        var stream = _bodyStream;
        _bodyStream = null;
        if (_bodyEnds)
            stream?.OnRemoteEnd();
        _bodyEnds = false;
    }

    private string? OnFrame(in YamuxHeader header) => header.Type switch
    {
        YamuxFrameType.Ping => OnPing(header),
        YamuxFrameType.GoAway => OnGoAway(header),
        _ => OnStreamFrame(header),
    };

    private string? OnStreamFrame(in YamuxHeader header)
    {
        YamuxStream? stream;
        if ((header.Flags & YamuxFlags.Syn) != 0)
        {
            if (OpenInbound(header.StreamId, out stream) is { } wrong)
                return wrong;
        }
        else
        {
            lock (_gate)
                _streams.TryGetValue(header.StreamId, out stream);
        }

        if ((header.Flags & YamuxFlags.Ack) != 0)
            stream?.OnAcknowledged();
        return header.Type == YamuxFrameType.Data ? OnData(header, stream) : OnWindowUpdate(header, stream);
    }

    private string? OnData(in YamuxHeader header, YamuxStream? stream)
    {
        if (header is { Length: 0, Flags: YamuxFlags.None } && !_control.TryTake())
            return Flood;
        if (stream is not null && !stream.TryTakeCredit(header.Length))
            return WindowOverrun;
        if ((header.Flags & YamuxFlags.Rst) != 0)
        {
            if (OnReset(stream) is { } flood)
                return flood;
            stream = null;
        }

        _bodyLeft = header.Length;
        _bodyStream = stream;
        _bodyEnds = (header.Flags & YamuxFlags.Fin) != 0;
        if (_bodyLeft == 0)
            EndBody();
        return null;
    }

    private string? OnWindowUpdate(in YamuxHeader header, YamuxStream? stream)
    {
        // With a reset the length is an error code.
        if ((header.Flags & YamuxFlags.Rst) != 0)
            return OnReset(stream);
        if (header.Flags == YamuxFlags.None && !TryTakeUnansweredFrame() && !_control.TryTake())
            return Flood;
        if (stream is null)
            return null;
        if (!stream.OnWindowUpdate(header.Length))
            return "more credit than can be counted";
        if ((header.Flags & YamuxFlags.Fin) != 0)
            stream.OnRemoteEnd();
        return null;
    }

    /// <summary>
    /// Whether an update of the window may answer data of ours. Some peers answer every frame, and answer the last ones when we have forgotten the
    /// stream already.
    /// </summary>
    private bool TryTakeUnansweredFrame()
    {
        if (Interlocked.Decrement(ref _unansweredFrames) >= 0)
            return true;
        Interlocked.Increment(ref _unansweredFrames);
        return false;
    }

    private string? OnReset(YamuxStream? stream)
    {
        stream?.OnReset();
        return stream is { Inbound: false } || _control.TryTake() ? null : Flood;
    }

    /// <summary>A stream that cannot be taken is reset; its data is then data for an unknown id.</summary>
    private string? OpenInbound(uint id, out YamuxStream? stream)
    {
        stream = null;
        if ((id % 2 == 1) == _isDialer)
            return "a new stream under an id of ours";
        lock (_gate)
        {
            if (_streams.ContainsKey(id))
                return "a second stream under one id";
            if (!IsRefused())
            {
                stream = new YamuxStream(this, id, inbound: true);
                _streams.Add(id, stream);
                _inbound++;
            }
        }

        if (stream is null)
        {
            Outbound.Append(new YamuxHeader(YamuxFrameType.WindowUpdate, YamuxFlags.Rst, id, 0));
            Libp2pInstruments.StreamReset(byPeer: false);
            return _control.TryTake() ? null : Flood;
        }

        Interlocked.Add(ref _windows, YamuxOptions.InitialWindow);
        Interlocked.Increment(ref _unaccepted);
        _accepted.Writer.TryWrite(stream);
        return null;
    }

    private bool IsRefused()
    {
        if (_localGoneAway || _end is not null)
            return true;
        var limit = _inbound >= Options.MaxInboundStreams ? InboundLimit
            : Volatile.Read(ref _unaccepted) >= Options.AckBacklog ? BacklogLimit
            : !_opened.TryTake() ? RateLimit
            : null;
        if (limit is not null)
            Options.LimitHit(limit);
        return limit is not null;
    }

    private string? OnGoAway(in YamuxHeader header)
    {
        if (header.Length != (uint)GoAwayCode.Normal)
        {
            var code = header.Length;
            End(() => new Libp2pException(Libp2pError.ConnectionClosed, $"The peer ended the session with code {code}."));
            return null;
        }

        bool idle;
        lock (_gate)
        {
            _remoteGoneAway = true;
            idle = _streams.Count == 0;
        }

        _openers.WakeAll();
        if (idle)
            _ = CloseAsync(GoAwayCode.Normal).AsTask();
        return null;
    }
}
