using Betar.Libp2p.Buffers;
using Betar.Libp2p.Diagnostics;

namespace Betar.Libp2p.Muxing;

/// <summary>
/// A stream of a yamux session. Its gate guards the state; frames are appended to the queue inside it, so that they leave in the order
/// of the changes, and sent outside it.
/// </summary>
internal sealed partial class YamuxStream : MuxedStream
{
    /// <summary>
    /// What a stream may keep whatever the budget says, so that small talk goes on in a host whose memory others have taken. As many streams as
    /// a host takes by default (8,192) keep 32 MiB so.
    /// </summary>
    internal const int Unasked = 4 * 1024;

    private readonly Lock _gate = new();
    private readonly YamuxConnection _connection;
    private readonly IncomingBytes _incoming = new();
    private YamuxFlags _pendingFlags;
    private Func<Exception>? _fault;
    private bool _localEnded;
    private bool _remoteEnded;
    private bool _disposed;
    private bool _acknowledged;
    private long _charged;

    public YamuxStream(YamuxConnection connection, uint id, bool inbound)
    {
        (_connection, Id, Inbound) = (connection, id, inbound);
        _pendingFlags = inbound ? YamuxFlags.Ack : YamuxFlags.Syn;
        _acknowledged = inbound;
        _epoch = connection.Time.GetTimestamp();
        IdleTimeout = connection.Options.StreamIdleTimeout;
        LastMoved = connection.Now;
    }

    public override uint Id { get; }

    public override TimeSpan IdleTimeout { get; set; }

    public bool Inbound { get; }

    /// <summary>When something last moved, on the connection's coarse clock.</summary>
    public long LastMoved { get; private set; }

    /// <summary>Since when the stream waits for the peer's end only; null: it does not.</summary>
    public long? LingersSince { get; private set; }

    // Kept here for the queue, which counts each stream's share under its own gate.
    public long BatchNumber { get; set; }

    public int BatchBytes { get; set; }

    public long WaitsForBatch { get; set; }

    /// <summary>Nothing can come and nothing can go: not worth handing to anybody.</summary>
    public bool IsDead
    {
        get
        {
            lock (_gate)
                return _fault is not null;
        }
    }

    public override void Reset() => Reset(static () => new Libp2pException(Libp2pError.StreamReset, "The stream was reset here."));

    public void Reset(Func<Exception> fault)
    {
        lock (_gate)
        {
            if (_fault is not null || (_localEnded && _remoteEnded))
            {
                _incoming.Fail(fault, discard: true);
                Charge(0);
                return;
            }

            Break(fault, discard: true);
            if ((_pendingFlags & YamuxFlags.Syn) == 0)
                _connection.Outbound.Append(new YamuxHeader(YamuxFrameType.WindowUpdate, YamuxFlags.Rst, Id, 0));
        }

        Libp2pInstruments.StreamReset(byPeer: false);
        _canWrite.Set();
        _connection.Remove(this);
        _connection.Outbound.Flush();
    }

    public override ValueTask CloseWriteAsync(CancellationToken cancellationToken)
    {
        bool over;
        lock (_gate)
        {
            if (_fault is not null)
                return ValueTask.FromException(_fault());
            if (_localEnded)
                return default;
            AppendEnd();
            over = _remoteEnded;
        }

        if (over)
            _connection.Remove(this);
        _connection.Outbound.Flush();
        return default;
    }

    public override ValueTask DisposeAsync()
    {
        bool over;
        lock (_gate)
        {
            if (_disposed)
                return default;
            _disposed = true;
            if (_writing && _fault is null)
                over = false;
            else
                over = EndByDispose();
        }

        if (!over && LingersSince is null)
            Reset(static () => new Libp2pException(Libp2pError.Closed, "The stream was closed here."));
        else if (over)
            _connection.Remove(this);
        _connection.Outbound.Flush();
        return default;
    }

    /// <summary>The peer's first frame back.</summary>
    public void OnAcknowledged()
    {
        lock (_gate)
        {
            if (_acknowledged)
                return;
            _acknowledged = true;
        }

        _connection.OnStreamAcknowledged();
    }

    public void OnReset()
    {
        lock (_gate)
        {
            if (_fault is not null)
                return;
            Break(static () => new Libp2pException(Libp2pError.StreamReset, "The peer reset the stream."), discard: true);
        }

        Libp2pInstruments.StreamReset(byPeer: true);
        _canWrite.Set();
        _connection.Remove(this);
    }

    public void OnRemoteEnd()
    {
        bool over;
        lock (_gate)
        {
            if (_fault is not null || _remoteEnded)
                return;
            _remoteEnded = true;
            _incoming.End();
            over = _localEnded;
        }

        if (over)
            _connection.Remove(this);
    }

    /// <summary>The connection is gone. What has arrived may still be read.</summary>
    public void OnConnectionEnd(Func<Exception> fault)
    {
        lock (_gate)
        {
            if (_fault is null)
                Break(fault, discard: false);
        }

        _canWrite.Set();
    }

    /// <summary>Takes the stream's not yet acknowledged place, when it still has one.</summary>
    public bool GiveUpAcknowledgement()
    {
        lock (_gate)
        {
            var waited = !_acknowledged;
            _acknowledged = true;
            return waited;
        }
    }

    private void Break(Func<Exception> fault, bool discard)
    {
        _fault = fault;
        _incoming.Fail(fault, discard);
        _growth = 0;
        Charge(_incoming.Capacity);
    }

    private bool EndByDispose()
    {
        var unannounced = (_pendingFlags & YamuxFlags.Syn) != 0;
        if (_fault is null && !_localEnded && !unannounced)
            AppendEnd();
        _incoming.Fail(static () => new Libp2pException(Libp2pError.Closed, "The stream was closed here."), discard: true);
        _growth = 0;
        Charge(0);
        if (_fault is not null || _remoteEnded)
            return true;
        if (unannounced)
            _fault = static () => new Libp2pException(Libp2pError.Closed, "The stream was closed here.");
        else
            LingersSince = _connection.Now;
        return unannounced;
    }

    private void AppendEnd()
    {
        _localEnded = true;
        _connection.Outbound.Append(new YamuxHeader(YamuxFrameType.WindowUpdate, TakeFlags() | YamuxFlags.Fin, Id, 0));
    }

    private YamuxFlags TakeFlags()
    {
        LastMoved = _connection.Now;
        var flags = _pendingFlags;
        _pendingFlags = YamuxFlags.None;
        return flags;
    }

    /// <summary>Brings what the budget holds for this stream to the larger of its grown window and what it keeps.</summary>
    private bool Charge(long kept)
    {
        var wanted = Math.Max(kept > Unasked ? kept : 0, _growth);
        if (wanted > _charged && !_connection.Budget.TryReserve(wanted - _charged))
            return false;
        if (wanted < _charged)
            _connection.Budget.Release(_charged - wanted);
        _charged = wanted;
        return true;
    }
}
