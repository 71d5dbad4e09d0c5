using Betar.Libp2p.Buffers;

namespace Betar.Libp2p.Transports.Memory;

/// <summary>One direction of an in-memory connection, under its conditions. The seed decides how it fragments.</summary>
internal sealed class MemoryPipe(MemoryConditions conditions, int seed, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly IncomingBytes _incoming = new();
    private readonly AsyncSignal _drained = new();
    private readonly Queue<byte[]> _onTheWay = new();
    private readonly Random _random = new(seed);
    private long _underway;
    private bool _held;
    private bool _ended;
    private Func<Exception>? _fault;

    /// <summary>The connection has to break: more was written than the conditions let through.</summary>
    public event Action? Cut;

    public long Written { get; private set; }

    public ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var most = conditions.LargestRead;
        if (conditions.RandomReads)
        {
            lock (_gate)
                most = _random.Next(1, Math.Max(2, Math.Min(most, buffer.Length) + 1));
        }

        var read = _incoming.ReadAsync(buffer[..Math.Min(buffer.Length, most)], cancellationToken);
        _drained.Set();
        return read;
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        while (_incoming.Length + Interlocked.Read(ref _underway) >= conditions.Capacity && !IsOver)
            await _drained.WaitAsync(cancellationToken);
        lock (_gate)
        {
            if (_fault is not null)
                throw _fault();
            if (_ended)
                throw new Libp2pException(Libp2pError.Closed, "This direction is closed.");
        }

        if (data.IsEmpty)
            return;
        var before = Written;
        Written += data.Length;
        if (conditions.CutAfter is { } cut && Written > cut)
        {
            Send(data.Span[..(int)Math.Max(0, cut - before)]);
            Cut?.Invoke();
            return;
        }

        if (conditions.TruncateAfter is { } last && Written > last)
        {
            Send(data.Span[..(int)Math.Max(0, last - before)]);
            Send([]);
            return;
        }

        Send(data.Span);
    }

    /// <summary>The end travels behind the bytes.</summary>
    public void End()
    {
        lock (_gate)
        {
            if (_ended)
                return;
            _ended = true;
        }

        Send([]);
        _drained.Set();
    }

    public void Fail(Func<Exception> fault)
    {
        lock (_gate)
            _fault ??= fault;
        _incoming.Fail(fault, discard: false);
        _drained.Set();
    }

    /// <summary>The reader has gone: for the writer the connection is broken.</summary>
    public void CloseReader()
    {
        lock (_gate)
            _fault ??= static () => new Libp2pException(Libp2pError.ConnectionClosed, "The other side has closed the connection.");
        _incoming.Fail(static () => new Libp2pException(Libp2pError.Closed, "This end of the connection is closed."), discard: true);
        _drained.Set();
    }

    /// <summary>From now on nothing arrives.</summary>
    public void Hold()
    {
        lock (_gate)
            _held = true;
    }

    /// <summary>Everything that was held arrives.</summary>
    public void Release()
    {
        lock (_gate)
            _held = false;
        while (ArriveNext())
        {
        }
    }

    private bool IsOver
    {
        get
        {
            lock (_gate)
                return _ended || _fault is not null;
        }
    }

    private void Send(ReadOnlySpan<byte> data)
    {
        lock (_gate)
        {
            if (conditions.Delay == TimeSpan.Zero && !_held && _onTheWay.Count == 0)
            {
                Arrive(data);
                return;
            }

            _onTheWay.Enqueue(data.ToArray());
            _underway += data.Length;
        }

        if (conditions.Delay > TimeSpan.Zero)
            _ = new Arrival(this, time, conditions.Delay);
    }

    private bool ArriveNext()
    {
        lock (_gate)
        {
            if (_held || !_onTheWay.TryDequeue(out var data))
                return false;
            _underway -= data.Length;
            Arrive(data);
            return true;
        }
    }

    private void Arrive(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty)
            _incoming.End();
        else
            _incoming.Deliver(data);
    }

    /// <summary>Each write arrives by a timer of its own; whichever fires, the oldest write is the one that arrives.</summary>
    private sealed class Arrival
    {
        private readonly MemoryPipe _pipe;
        private readonly ITimer _timer;

        public Arrival(MemoryPipe pipe, TimeProvider time, TimeSpan delay)
        {
            _pipe = pipe;
            _timer = time.CreateTimer(static arrival => ((Arrival)arrival!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _timer.Change(delay, Timeout.InfiniteTimeSpan);
        }

        private void Fire()
        {
            _timer.Dispose();
            _pipe.ArriveNext();
        }
    }
}
