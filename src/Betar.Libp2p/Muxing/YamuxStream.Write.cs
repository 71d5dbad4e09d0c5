using System.Runtime.CompilerServices;
using Betar.Libp2p.Buffers;

namespace Betar.Libp2p.Muxing;

internal sealed partial class YamuxStream
{
    private readonly AsyncSignal _canWrite = new();
    private long _sendCredit = YamuxOptions.InitialWindow;
    private bool _writing;

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);
        if (!TryAppend(data.Span, isRest: false, out var done, out var fault))
            return ValueTask.FromException(fault!);
        _connection.Outbound.Flush();
        return done == data.Length ? default : WriteRestAsync(data[done..], cancellationToken);
    }

    /// <summary>False: the peer gave more credit than the protocol can count.</summary>
    public bool OnWindowUpdate(uint delta)
    {
        lock (_gate)
        {
            _sendCredit += delta;
            if (_sendCredit > uint.MaxValue)
                return false;
            LastMoved = _connection.Now;
        }

        _canWrite.Set();
        return true;
    }

    /// <summary>The queue has a new batch.</summary>
    public void OnRoom() => _canWrite.Set();

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask WriteRestAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await _canWrite.WaitAsync(cancellationToken);
                if (!TryAppend(data.Span, isRest: true, out var done, out var fault))
                    throw fault!;
                _connection.Outbound.Flush();
                data = data[done..];
                if (data.IsEmpty)
                    return;
            }
        }
        finally
        {
            lock (_gate)
                _writing = false;
        }
    }

    /// <summary>Puts as much into the queue as credit, share and queue allow. False: the stream takes nothing any more.</summary>
    private bool TryAppend(ReadOnlySpan<byte> data, bool isRest, out int done, out Exception? fault)
    {
        done = 0;
        lock (_gate)
        {
            if (_writing && !isRest)
                throw new InvalidOperationException("One write at a time.");
            fault = _fault?.Invoke();
            if (fault is null && _localEnded)
                fault = new Libp2pException(Libp2pError.Closed, "The stream was closed for writing.");
            if (fault is not null)
                return false;
            while (done < data.Length)
            {
                var count = (int)Math.Min(_sendCredit, data.Length - done);
                if (count > 0)
                    count = _connection.Outbound.AppendData(this, _pendingFlags, data.Slice(done, count));
                if (count == 0)
                    break;
                TakeFlags();
                _connection.OnDataSent();
                _sendCredit -= count;
                done += count;
            }

            if (done == 0 && _sendCredit == 0 && _pendingFlags != YamuxFlags.None)
                _connection.Outbound.Append(new YamuxHeader(YamuxFrameType.WindowUpdate, TakeFlags(), Id, 0));
            _writing = done < data.Length;
            return true;
        }
    }
}
