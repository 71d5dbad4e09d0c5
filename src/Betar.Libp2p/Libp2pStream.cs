using System.IO.Pipelines;
using Betar.Libp2p.Connections;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Muxing;

namespace Betar.Libp2p;

/// <summary>
/// One conversation with a peer. Each side closes its own direction: a read of 0 bytes means that the peer will say nothing more, and
/// writing still works. Only the asynchronous methods exist. What goes wrong is a <see cref="Libp2pException"/>.
/// </summary>
public sealed class Libp2pStream : Stream
{
    private readonly MuxedStream _stream;
    private readonly IDisposable? _holding;
    private IDuplexPipe? _pipe;
    private int _disposed;

    /// <param name="holding">What the stream holds, given back when it ends.</param>
    internal Libp2pStream(MuxedStream stream, ConnectionInfo connection, string protocol, bool inbound, IDisposable? holding = null)
    {
        _stream = stream;
        _holding = holding;
        Connection = connection;
        Protocol = protocol;
        IsInbound = inbound;
    }

    public PeerId RemotePeer => Connection.Peer;

    /// <summary>The connection as it was when the stream was opened.</summary>
    public ConnectionInfo Connection { get; }

    public string Protocol { get; }

    /// <summary>The peer opened the stream.</summary>
    public bool IsInbound { get; }

    /// <summary>How long nothing may move before the stream is reset.</summary>
    public TimeSpan IdleTimeout
    {
        get => _stream.IdleTimeout;
        set => _stream.IdleTimeout = value;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The same stream for those who prefer pipes; use one or the other.</summary>
    public IDuplexPipe AsPipe() => _pipe ??= new StreamPipe(this);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _stream.ReadAsync(buffer, cancellationToken);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        _stream.WriteAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Says that nothing more will be written; reading goes on.</summary>
    public ValueTask CloseWriteAsync(CancellationToken cancellationToken = default) => _stream.CloseWriteAsync(cancellationToken);

    /// <summary>Breaks both directions off; what the peer has not read is lost.</summary>
    public void Reset()
    {
        _stream.Reset();
        _holding?.Dispose();
    }

    /// <summary>What was written goes out at once; there is nothing to flush.</summary>
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read asynchronously.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Write asynchronously.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Closes both directions in order.</summary>
    public override async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            await _stream.DisposeAsync();
            _holding?.Dispose();
        }

        await base.DisposeAsync();
    }

    /// <summary>There is no time to close in order here: what is still open is broken off.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing && Interlocked.Exchange(ref _disposed, 1) == 0)
            Reset();
        base.Dispose(disposing);
    }

    private sealed class StreamPipe(Libp2pStream stream) : IDuplexPipe
    {
        public PipeReader Input { get; } = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));

        public PipeWriter Output { get; } = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
    }
}
