using System.Threading.Tasks.Sources;

namespace Betar.Libp2p.Buffers;

/// <summary>
/// What has arrived for one reader. Bytes go straight into the memory of a reader that waits, and are kept otherwise. A read that
/// has to wait allocates nothing.
/// </summary>
internal sealed class IncomingBytes : IValueTaskSource<int>
{
    private readonly Lock _gate = new();
    private readonly ByteQueue _kept = new();
    private ManualResetValueTaskSourceCore<int> _core = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration _registration;
    private Memory<byte> _target;
    private Func<Exception>? _fault;
    private bool _waiting;
    private bool _ended;

    public long Length
    {
        get
        {
            lock (_gate)
                return _kept.Length;
        }
    }

    /// <summary>What the kept bytes take in memory.</summary>
    public long Capacity
    {
        get
        {
            lock (_gate)
                return _kept.Capacity;
        }
    }

    /// <summary>Hands bytes over; tells how many of them a waiting reader took at once. After the end nothing is kept.</summary>
    public int Deliver(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty)
            return 0;
        int taken;
        lock (_gate)
        {
            if (_ended || _fault is not null)
                return 0;
            if (!_waiting)
            {
                _kept.Write(data);
                return 0;
            }

            _waiting = false;
            taken = Math.Min(_target.Length, data.Length);
            data[..taken].CopyTo(_target.Span);
            _target = default;
            _kept.Write(data[taken..]);
        }

        _core.SetResult(taken);
        return taken;
    }

    /// <summary>Nothing more will come: what is kept can still be read, then reads give 0.</summary>
    public void End()
    {
        lock (_gate)
        {
            if (_ended || _fault is not null)
                return;
            _ended = true;
            if (!_waiting)
                return;
            _waiting = false;
            _target = default;
        }

        _core.SetResult(0);
    }

    /// <summary>Reads fail from now on, or as soon as what is kept has been read.</summary>
    public void Fail(Func<Exception> fault, bool discard)
    {
        lock (_gate)
        {
            if (discard)
                _kept.Clear();
            if (_fault is not null || (_ended && !discard))
                return;
            _fault = fault;
            if (!_waiting)
                return;
            _waiting = false;
            _target = default;
        }

        _core.SetException(fault());
    }

    /// <summary>Reads what there is. A read into no memory waits until there is something, and takes nothing.</summary>
    public ValueTask<int> ReadAsync(Memory<byte> target, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<int>(cancellationToken);
        lock (_gate)
        {
            if (_waiting)
                throw new InvalidOperationException("One read at a time.");
            if (_kept.Length > 0)
                return new ValueTask<int>(_kept.Read(target.Span));
            if (_fault is not null)
                return ValueTask.FromException<int>(_fault());
            if (_ended)
                return new ValueTask<int>(0);
            _core.Reset();
            _target = target;
            _waiting = true;
        }

        if (cancellationToken.CanBeCanceled)
            _registration = cancellationToken.UnsafeRegister(static (bytes, token) => ((IncomingBytes)bytes!).Cancel(token), this);
        return new ValueTask<int>(this, _core.Version);
    }

    int IValueTaskSource<int>.GetResult(short token)
    {
        _registration.Dispose();
        _registration = default;
        return _core.GetResult(token);
    }

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<int>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags.Scheduled());

    private void Cancel(CancellationToken token)
    {
        lock (_gate)
        {
            if (!_waiting)
                return;
            _waiting = false;
            _target = default;
        }

        _core.SetException(new OperationCanceledException(token));
    }
}
