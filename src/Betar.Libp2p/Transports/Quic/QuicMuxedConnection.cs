using System.Net.Quic;
using System.Runtime.Versioning;
using System.Threading.Channels;
using Betar.Libp2p.Muxing;

namespace Betar.Libp2p.Transports.Quic;

/// <summary>A QUIC connection. How many streams the peer may have open, and how much it may send unread, QUIC itself sees to.</summary>
[SupportedOSPlatform("linux")]
internal sealed partial class QuicMuxedConnection : IMuxedConnection
{
    public const string ConnectionIdleLimit = "quic.idle_timeout";
    private readonly Lock _gate = new();
    private readonly QuicConnection _quic;
    private readonly QuicSettings _settings;
    private readonly Action<string> _limitHit;
    private readonly TaskScheduler _scheduler;
    private readonly HashSet<QuicMuxedStream> _streams = [];
    private readonly HashSet<QuicMuxedStream> _finishing = [];
    private readonly Channel<QuicMuxedStream> _accepted = Channel.CreateUnbounded<QuicMuxedStream>(new UnboundedChannelOptions { SingleWriter = true });
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TokenBucket _opened;
    private readonly TokenBucket _refused;
    private int _unaccepted;
    private bool _closing;
    private Func<Exception>? _end;
    private Task? _shut;

    public QuicMuxedConnection(QuicConnection quic, QuicSettings settings, Action<string> limitHit, TaskScheduler scheduler, TimeProvider time)
    {
        (_quic, _settings, _limitHit, _scheduler, _time) = (quic, settings, limitHit, scheduler, time);
        _opened = new TokenBucket(settings.InboundStreamsPerSecond, settings.InboundStreamsPerSecond, time);
        _refused = new TokenBucket(settings.RefusedStreamsPerSecond, settings.RefusedStreamsPerSecond * 2, time);
        _timer = new PeriodicTimer(settings.CheckInterval, time);
        Now = time.GetTimestamp();
        Start(ReceiveAsync);
        Start(WatchAsync);
    }

    public Task Completion => _completion.Task;

    public bool TakesStreams
    {
        get
        {
            lock (_gate)
                return _end is null && !_closing;
        }
    }

    public int StreamCount
    {
        get
        {
            lock (_gate)
                return _streams.Count;
        }
    }

    /// <summary>QUIC measures it and the framework does not tell.</summary>
    public TimeSpan? RoundTrip => null;

    public TimeSpan StreamIdleTimeout => _settings.StreamIdleTimeout;

    public async ValueTask<MuxedStream> OpenStreamAsync(CancellationToken cancellationToken)
    {
        ThrowIfNoNewStreams();
        try
        {
            var opened = await _quic.OpenOutboundStreamAsync(QuicStreamType.Bidirectional, cancellationToken);
            if (Add(opened) is { } stream)
                return stream;
            await opened.DisposeAsync();
        }
        catch (Exception e) when (QuicFault.Covers(e))
        {
            ThrowIfNoNewStreams();
            throw QuicFault.Of(e);
        }

        ThrowIfNoNewStreams();
        throw new Libp2pException(Libp2pError.Closed, "The connection takes no new streams.");
    }

    public async ValueTask<MuxedStream?> AcceptStreamAsync(CancellationToken cancellationToken)
    {
        while (await _accepted.Reader.WaitToReadAsync(cancellationToken))
        {
            if (!_accepted.Reader.TryRead(out var stream))
                continue;
            Interlocked.Decrement(ref _unaccepted);
            if (!stream.IsDead)
                return stream;
        }

        return null;
    }

    /// <summary>A goodbye of QUIC throws away what is under way, so what was sent on ended streams is waited for first.</summary>
    public async ValueTask CloseAsync(GoAwayCode code)
    {
        Task[] sent;
        lock (_gate)
        {
            if (_end is not null || _closing)
                return;
            _closing = true;
            sent = [.. _streams.Concat(_finishing).Select(stream => stream.WhenSentAsync())];
        }

        try
        {
            await Task.WhenAll(sent).WaitAsync(_settings.CloseTimeout, _time);
        }
        catch (TimeoutException)
        {
            // What the peer has not taken by now it will not take.
        }

        End(static () => new Libp2pException(Libp2pError.Closed, "The connection was closed here."));
        await ShutAsync(code == GoAwayCode.Normal ? QuicCloseCode.None : QuicCloseCode.ProtocolViolation);
    }

    public void Abort(Libp2pError reason)
    {
        End(() => new Libp2pException(reason, "The connection was aborted here."));
        Start(() => ShutAsync(reason switch
        {
            Libp2pError.LimitExceeded => QuicCloseCode.LimitExceeded,
            Libp2pError.Gated => QuicCloseCode.Gated,
            Libp2pError.Closed => QuicCloseCode.Shutdown,
            _ => QuicCloseCode.ProtocolViolation,
        }));
    }

    public ValueTask DisposeAsync() => CloseAsync(GoAwayCode.Normal);

    /// <summary>The stream is over for whoever used it; what it has sent may still be under way.</summary>
    public void OnFinishing(QuicMuxedStream stream, Func<Task> finish)
    {
        lock (_gate)
        {
            _streams.Remove(stream);
            _finishing.Add(stream);
        }

        Start(async () =>
        {
            await finish();
            lock (_gate)
                _finishing.Remove(stream);
        });
    }

    private void Start(Func<Task> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, _scheduler);

    private async Task ReceiveAsync()
    {
        try
        {
            while (true)
                Take(await _quic.AcceptInboundStreamAsync());
        }
        catch (Exception e) when (QuicFault.Covers(e))
        {
            if (e is QuicException { QuicError: QuicError.ConnectionIdle })
                _limitHit(ConnectionIdleLimit);
            End(() => Renewed(QuicFault.Of(e)));
            await ShutAsync(QuicCloseCode.None);
        }
    }

    private void Take(QuicStream incoming)
    {
        var limit = Volatile.Read(ref _unaccepted) >= _settings.AckBacklog ? YamuxConnection.BacklogLimit
            : !_opened.TryTake() ? YamuxConnection.RateLimit
            : null;
        if (limit is null && Add(incoming) is { } stream)
        {
            Interlocked.Increment(ref _unaccepted);
            _accepted.Writer.TryWrite(stream);
            return;
        }

        incoming.Abort(QuicAbortDirection.Both, (long)(limit is null ? QuicResetCode.None : limit == YamuxConnection.BacklogLimit ? QuicResetCode.LimitExceeded : QuicResetCode.RateLimited));
        Start(async () => await incoming.DisposeAsync());
        if (limit is null)
            return;
        _limitHit(limit);
        if (_refused.TryTake())
            return;
        _limitHit(YamuxConnection.ControlLimit);
        Abort(Libp2pError.LimitExceeded);
    }

    /// <summary>Null: the connection takes none any more.</summary>
    private QuicMuxedStream? Add(QuicStream quic)
    {
        lock (_gate)
        {
            if (_end is not null || _closing)
                return null;
            var stream = new QuicMuxedStream(this, quic);
            _streams.Add(stream);
            return stream;
        }
    }

    private void ThrowIfNoNewStreams()
    {
        lock (_gate)
        {
            if (_end is not null)
                throw _end();
            if (_closing)
                throw new Libp2pException(Libp2pError.Closed, "The connection takes no new streams.");
        }
    }

    /// <summary>Ends everything, once.</summary>
    private void End(Func<Exception> fault)
    {
        List<QuicMuxedStream> streams;
        lock (_gate)
        {
            if (_end is not null)
                return;
            _end = fault;
            streams = [.. _streams];
            _streams.Clear();
        }

        _timer.Dispose();
        _accepted.Writer.TryComplete();
        foreach (var stream in streams)
            stream.OnConnectionEnd(fault);
        while (_accepted.Reader.TryRead(out var unaccepted))
            unaccepted.Reset();
        _completion.TrySetResult();
    }

    private Task ShutAsync(QuicCloseCode code)
    {
        lock (_gate)
            return _shut ??= ShutOnceAsync(code);
    }

    private async Task ShutOnceAsync(QuicCloseCode code)
    {
        try
        {
            await _quic.CloseAsync((long)code);
        }
        catch (Exception e) when (QuicFault.Covers(e))
        {
            // The other side was faster.
        }

        await _quic.DisposeAsync();
    }

    /// <summary>An exception of its own for everybody who meets the end.</summary>
    private static Libp2pException Renewed(Libp2pException fault) => new(fault.Code, fault.Message, fault);
}
