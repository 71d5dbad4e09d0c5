using System.Threading.Channels;

namespace Betar.X402.Tests.Support;

/// <summary>A stream whose incoming bytes a test feeds, piece by piece, and whose outgoing bytes it can look at.</summary>
internal sealed class ScriptedStream : Stream
{
    private readonly Channel<byte[]> _incoming = Channel.CreateUnbounded<byte[]>();
    private readonly Channel<byte[]> _outgoing = Channel.CreateUnbounded<byte[]>();
    private readonly SemaphoreSlim _blocked = new(0);
    private ReadOnlyMemory<byte> _rest;

    internal int LargestBuffer { get; private set; }

    /// <summary>When set, writing never completes by itself.</summary>
    internal bool PeerDoesNotRead { get; init; }

    /// <summary>When set, reading and writing fail as a broken connection does.</summary>
    internal bool Broken { get; set; }

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Two ends of one connection.</summary>
    internal static (Stream Client, Stream Server) Pair()
    {
        var client = new ScriptedStream();
        var server = new ScriptedStream();
        client.Forward = server;
        server.Forward = client;
        return (client, server);
    }

    internal ScriptedStream? Forward { get; private set; }

    internal void Feed(params byte[][] chunks)
    {
        foreach (var chunk in chunks)
        {
            Assert.True(_incoming.Writer.TryWrite(chunk));
        }
    }

    internal void FeedByteByByte(byte[] bytes) => Feed([.. bytes.Select(value => new[] { value })]);

    internal void FeedEnd() => _incoming.Writer.TryComplete();

    /// <summary>Completes each time a read found nothing and began to wait.</summary>
    internal Task ReadIsWaitingAsync() => _blocked.WaitAsync().Soon();

    internal Task<byte[]> NextWriteAsync() => _outgoing.Reader.ReadAsync().AsTask().Soon();

    internal bool WroteNothing => !_outgoing.Reader.TryPeek(out _);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        LargestBuffer = Math.Max(LargestBuffer, buffer.Length);
        cancellationToken.ThrowIfCancellationRequested();
        if (Broken)
        {
            throw new IOException("broken");
        }

        if (_rest.IsEmpty)
        {
            if (!_incoming.Reader.TryRead(out var chunk))
            {
                _blocked.Release();
                if (!await _incoming.Reader.WaitToReadAsync(cancellationToken).AsTask().Soon(cancellationToken))
                {
                    return 0;
                }

                Assert.True(_incoming.Reader.TryRead(out chunk));
            }

            _rest = chunk;
        }

        var count = Math.Min(buffer.Length, _rest.Length);
        _rest[..count].CopyTo(buffer);
        _rest = _rest[count..];
        return count;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Broken)
        {
            throw new IOException("broken");
        }

        if (PeerDoesNotRead)
        {
            _blocked.Release();
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        }

        if (Forward is { } other)
        {
            other.Feed(buffer.ToArray());
            return;
        }

        Assert.True(_outgoing.Writer.TryWrite(buffer.ToArray()));
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        Forward?.FeedEnd();
        base.Dispose(disposing);
    }
}
