using System.Net.Quic;
using System.Runtime.CompilerServices;
using System.Runtime.Versioning;
using Betar.Libp2p.Diagnostics;
using Betar.Libp2p.Muxing;

namespace Betar.Libp2p.Transports.Quic;

/// <summary>
/// A stream of a QUIC connection. A read or write that is cancelled breaks its direction off: the framework has no other way to end it.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class QuicMuxedStream : MuxedStream
{
    /// <summary>Long writes go in pieces, so that it is seen when they move.</summary>
    private const int LongestWrite = 256 * 1024;

    private readonly Lock _gate = new();
    private readonly QuicMuxedConnection _connection;
    private readonly QuicStream _quic;
    private Func<Exception>? _fault;
    private bool _resetByPeer;
    private bool _writing;
    private bool _localEnded;
    private volatile bool _remoteEnded;
    private bool _disposed;
    private bool _finishing;

    public QuicMuxedStream(QuicMuxedConnection connection, QuicStream quic)
    {
        (_connection, _quic) = (connection, quic);
        Id = unchecked((uint)quic.Id);
        IdleTimeout = connection.StreamIdleTimeout;
        LastMoved = connection.Now;
    }

    public override uint Id { get; }

    public override TimeSpan IdleTimeout { get; set; }

    /// <summary>When something last moved, on the connection's coarse clock.</summary>
    public long LastMoved { get; private set; }

    public long FinishingSince { get; private set; }

    /// <summary>Not worth handing to anybody.</summary>
    public bool IsDead
    {
        get
        {
            lock (_gate)
                return _fault is not null;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (_remoteEnded)
            return 0;
        try
        {
            var count = await _quic.ReadAsync(buffer, cancellationToken);
            LastMoved = _connection.Now;
            if (count == 0 && !buffer.IsEmpty)
                OnRemoteEnd();
            return count;
        }
        catch (Exception e) when (QuicFault.Covers(e))
        {
            throw Translate(e);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        BeginWrite();
        try
        {
            for (; !data.IsEmpty; data = data[Math.Min(LongestWrite, data.Length)..])
            {
                await _quic.WriteAsync(data[..Math.Min(LongestWrite, data.Length)], cancellationToken);
                LastMoved = _connection.Now;
            }
        }
        catch (Exception e) when (QuicFault.Covers(e))
        {
            throw Translate(e);
        }
        finally
        {
            lock (_gate)
                _writing = false;
        }
    }

    public override ValueTask CloseWriteAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_fault is not null)
                return ValueTask.FromException(_fault());
            if (_localEnded)
                return default;
            _localEnded = true;
            LastMoved = _connection.Now;
            _quic.CompleteWrites();
        }

        if (_remoteEnded)
            Finish();
        return default;
    }

    public override void Reset() => Reset(static () => new Libp2pException(Libp2pError.StreamReset, "The stream was reset here."), QuicResetCode.None);

    public void Reset(Func<Exception> fault, QuicResetCode code)
    {
        lock (_gate)
        {
            if (_localEnded && _remoteEnded)
                return;
            if (_fault is null && !_resetByPeer)
                Libp2pInstruments.StreamReset(byPeer: false);
            _fault ??= fault;
        }

        BreakOff(code);
        Finish();
    }

    public override ValueTask DisposeAsync()
    {
        bool isWriting;
        lock (_gate)
        {
            if (_disposed)
                return default;
            _disposed = true;
            isWriting = _writing;
        }

        if (isWriting)
        {
            Reset(static () => new Libp2pException(Libp2pError.Closed, "The stream was closed here."), QuicResetCode.None);
            return default;
        }

        lock (_gate)
        {
            if (!_remoteEnded)
                Abort(QuicAbortDirection.Read, QuicResetCode.None);
            if (!_localEnded && _fault is null)
                _quic.CompleteWrites();
            _localEnded = true;
            _fault ??= static () => new Libp2pException(Libp2pError.Closed, "The stream was closed here.");
        }

        Finish();
        return default;
    }

    /// <summary>Done when the peer has all that was written, if this side of the stream has ended; otherwise at once.</summary>
    public async Task WhenSentAsync()
    {
        lock (_gate)
        {
            if (!_localEnded)
                return;
        }

        try
        {
            await _quic.WritesClosed;
        }
        catch (Exception e) when (QuicFault.Covers(e))
        {
            // Broken off; nothing more will arrive.
        }
    }

    /// <summary>The connection is gone.</summary>
    public void OnConnectionEnd(Func<Exception> fault)
    {
        lock (_gate)
            _fault ??= fault;
    }

    public void BreakOff(QuicResetCode code)
    {
        lock (_gate)
            Abort(QuicAbortDirection.Both, code);
    }

    private void BeginWrite()
    {
        lock (_gate)
        {
            if (_writing)
                throw new InvalidOperationException("One write at a time.");
            if (_fault is not null)
                throw _fault();
            if (_localEnded)
                throw new Libp2pException(Libp2pError.Closed, "The stream was closed for writing.");
            _writing = true;
        }
    }

    private void OnRemoteEnd()
    {
        bool over;
        lock (_gate)
        {
            _remoteEnded = true;
            over = _localEnded;
        }

        if (over)
            Finish();
    }

    /// <summary>Nobody needs the stream any more; what it has sent may still be on its way.</summary>
    private void Finish()
    {
        lock (_gate)
        {
            if (_finishing)
                return;
            _finishing = true;
            FinishingSince = _connection.Now;
        }

        _connection.OnFinishing(this, FinishAsync);
    }

    private async Task FinishAsync()
    {
        lock (_gate)
            _localEnded = true;
        await WhenSentAsync();
        await _quic.DisposeAsync();
    }

    private void Abort(QuicAbortDirection direction, QuicResetCode code)
    {
        try
        {
            _quic.Abort(direction, (long)code);
        }
        catch (ObjectDisposedException)
        {
            // It has ended, and that is what is wanted.
        }
    }

    /// <summary>What we did ourselves counts more than what came of it.</summary>
    private Exception Translate(Exception error)
    {
        lock (_gate)
        {
            if (_fault is not null)
                return _fault();
            if (!_resetByPeer && error is QuicException { QuicError: QuicError.StreamAborted })
            {
                _resetByPeer = true;
                Libp2pInstruments.StreamReset(byPeer: true);
            }

            return QuicFault.Of(error);
        }
    }
}
