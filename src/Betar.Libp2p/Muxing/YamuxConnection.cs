using System.Threading.Channels;
using Betar.Libp2p.Transports;

namespace Betar.Libp2p.Muxing;

/// <summary>A yamux 1.0.0 session. The dialer's streams have odd ids, the listener's even ones.</summary>
internal sealed partial class YamuxConnection : IMuxedConnection
{
    private readonly Lock _gate = new();
    private readonly ILink _link;
    private readonly bool _isDialer;
    private readonly Dictionary<uint, YamuxStream> _streams = [];
    private readonly Channel<YamuxStream> _accepted = Channel.CreateUnbounded<YamuxStream>(new UnboundedChannelOptions { SingleWriter = true });
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly WaitList _openers = new();
    private readonly PeriodicTimer _timer;
    private uint _nextId;
    private int _unaccepted;
    private int _unacknowledged;
    private int _inbound;
    private long _windows;
    private bool _remoteGoneAway;
    private bool _localGoneAway;
    private Func<Exception>? _end;

    public YamuxConnection(
        ILink link, bool isDialer, YamuxOptions options, IMemoryBudget budget, TaskScheduler scheduler, TimeProvider time, uint? firstId = null)
    {
        (_link, _isDialer, Options, Budget, Time) = (link, isDialer, options, budget, time);
        _nextId = firstId ?? (isDialer ? 1u : 2u);
        _control = new TokenBucket(options.ControlFramesPerSecond, options.ControlFramesPerSecond * 2, time);
        _opened = new TokenBucket(options.InboundStreamsPerSecond, options.InboundStreamsPerSecond, time);
        _timer = new PeriodicTimer(options.CheckInterval, time);
        _lastPing = Now = time.GetTimestamp();
        Outbound = new OutboundQueue(link, options, budget, scheduler, time, OnBroken);
        Start(Outbound.RunAsync, scheduler);
        Start(ReceiveAsync, scheduler);
        Start(WatchAsync, scheduler);
    }

    public Task Completion => _completion.Task;

    public bool TakesStreams
    {
        get
        {
            lock (_gate)
                return _end is null && !_localGoneAway && !_remoteGoneAway;
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

    public YamuxOptions Options { get; }

    public IMemoryBudget Budget { get; }

    public TimeProvider Time { get; }

    public OutboundQueue Outbound { get; }

    /// <summary>A coarse clock, moved on by the watch: precise enough for time-outs of seconds, and free to read.</summary>
    public long Now { get; private set; }

    public async ValueTask<MuxedStream> OpenStreamAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task room;
            lock (_gate)
            {
                ThrowIfNoNewStreams();
                if (_unacknowledged < Options.AckBacklog)
                    return AddOwnStream();
                room = _openers.AddAsync(cancellationToken);
            }

            await room;
        }
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
            // Nobody will read what it still keeps.
            stream.Reset();
        }

        return null;
    }

    public async ValueTask CloseAsync(GoAwayCode code)
    {
        lock (_gate)
        {
            if (_end is not null || _localGoneAway)
                return;
            _localGoneAway = true;
        }

        Outbound.Append(new YamuxHeader(YamuxFrameType.GoAway, YamuxFlags.None, 0, (uint)code));
        Outbound.Flush();
        if (await DrainAsync())
            await _link.DisposeAsync();
        End(static () => new Libp2pException(Libp2pError.Closed, "The connection was closed here."));
    }

    public void Abort(Libp2pError reason) => End(() => new Libp2pException(reason, "The connection was aborted here."));

    public ValueTask DisposeAsync() => CloseAsync(GoAwayCode.Normal);

    /// <summary>Counts receive windows of all streams; false: together they would be too large.</summary>
    public bool TryAnnounce(long growth)
    {
        if (Interlocked.Add(ref _windows, growth) <= Options.MaxConnectionWindows || growth <= 0)
            return true;
        Interlocked.Add(ref _windows, -growth);
        return false;
    }

    public void OnStreamAcknowledged()
    {
        lock (_gate)
            _unacknowledged--;
        _openers.WakeAll();
    }

    public void Remove(YamuxStream stream)
    {
        bool last;
        lock (_gate)
        {
            if (!_streams.Remove(stream.Id))
                return;
            if (stream.Inbound)
                _inbound--;
            last = _streams.Count == 0 && _remoteGoneAway;
        }

        TryAnnounce(-stream.Window);
        if (stream.GiveUpAcknowledgement())
            OnStreamAcknowledged();
        if (last)
            _ = CloseAsync(GoAwayCode.Normal).AsTask();
    }

    private static void Start(Func<Task> loop, TaskScheduler scheduler) =>
        Task.Factory.StartNew(loop, CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler);

    /// <summary>False: the peer does not take what is left in time.</summary>
    private async ValueTask<bool> DrainAsync()
    {
        if (Outbound.IsDrained)
            return true;
        using var deadline = new CancellationTokenSource(Options.CloseTimeout, Time);
        try
        {
            await Outbound.DrainAsync(deadline.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void ThrowIfNoNewStreams()
    {
        if (_end is not null)
            throw _end();
        if (_localGoneAway || _remoteGoneAway)
            throw new Libp2pException(Libp2pError.Closed, "The connection takes no new streams.");
        if (_nextId > uint.MaxValue - 2)
            throw new Libp2pException(Libp2pError.Closed, "The connection has used up its stream ids.");
    }

    private YamuxStream AddOwnStream()
    {
        var stream = new YamuxStream(this, _nextId, inbound: false);
        _nextId += 2;
        _unacknowledged++;
        _streams.Add(stream.Id, stream);
        Interlocked.Add(ref _windows, YamuxOptions.InitialWindow);
        return stream;
    }

    private void OnBroken(Exception e) => End(() => e is Libp2pException known
        ? new Libp2pException(known.Code, known.Message, known)
        : new Libp2pException(Libp2pError.ConnectionClosed, "The connection broke.", e));

    /// <summary>Ends everything, once. The link is aborted, unless it has been closed in order before.</summary>
    private void End(Func<Exception> fault)
    {
        List<YamuxStream> streams;
        lock (_gate)
        {
            if (_end is not null)
                return;
            _end = fault;
            streams = [.. _streams.Values];
            _streams.Clear();
            _inbound = 0;
        }

        _link.Abort();
        Outbound.Close();
        _timer.Dispose();
        _accepted.Writer.TryComplete();
        foreach (var stream in streams)
            stream.OnConnectionEnd(fault);
        _openers.WakeAll();
        _completion.TrySetResult();
    }
}
