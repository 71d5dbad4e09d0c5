using System.Net.WebSockets;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Tests.Support;
using Betar.Libp2p.Transports;
using Betar.Libp2p.Transports.WebSocket;

namespace Betar.Libp2p.Tests.Transports.WebSocket;

/// <summary>Messages as a run of bytes, over a WebSocket whose every message the test decides.</summary>
public sealed class WebSocketChannelTests
{
    private static readonly Multiaddr Here = Multiaddr.Parse("/memory/1");

    private readonly ScriptedSocket _socket = new();

    [Fact]
    public async Task A_read_into_nothing_waits_for_bytes_and_takes_none()
    {
        var channel = Channel();
        var asking = channel.ReadAsync(Memory<byte>.Empty, default).AsTask();
        Assert.False(asking.IsCompleted);

        _socket.Arrive([1, 2, 3]);

        Assert.Equal(0, await asking);
        var buffer = new byte[5];
        Assert.Equal(3, await channel.ReadAsync(buffer, default));
        Assert.Equal([1, 2, 3, 0, 0], buffer);
    }

    [Fact]
    public async Task An_empty_message_is_no_end()
    {
        var channel = Channel();
        _socket.Arrive([]);
        _socket.Arrive([7]);
        Assert.Equal(1, await channel.ReadAsync(new byte[5], default));
    }

    [Fact]
    public async Task A_long_message_is_read_in_pieces()
    {
        var channel = Channel();
        _socket.Arrive([1, 2, 3]);
        Assert.Equal(2, await channel.ReadAsync(new byte[2], default));
        Assert.Equal(1, await channel.ReadAsync(new byte[2], default));
    }

    [Fact]
    public async Task A_goodbye_is_the_end()
    {
        var channel = Channel();
        _socket.Arrive([], WebSocketMessageType.Close);
        Assert.Equal(0, await channel.ReadAsync(new byte[5], default));
    }

    [Fact]
    public async Task Text_is_refused()
    {
        var channel = Channel();
        _socket.Arrive([65], WebSocketMessageType.Text);
        Assert.Equal(Libp2pError.Malformed, (await Assert.ThrowsAsync<Libp2pException>(() => channel.ReadAsync(new byte[5], default).AsTask())).Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_breaks_below_is_a_broken_connection(bool reads)
    {
        var channel = Channel();
        _socket.Fault = new WebSocketException(WebSocketError.ConnectionClosedPrematurely);
        _socket.Arrive([1]);
        var error = await Assert.ThrowsAsync<Libp2pException>(() =>
            reads ? channel.ReadAsync(new byte[5], default).AsTask() : channel.WriteAsync(new byte[5], default).AsTask());
        Assert.Equal(Libp2pError.ConnectionClosed, error.Code);
        Assert.Same(_socket.Fault, error.InnerException);
    }

    [Fact]
    public async Task The_handshake_is_made_once_by_whoever_comes_first()
    {
        var handshakes = 0;
        var channel = Channel(() => handshakes++);
        await channel.WriteAsync(new byte[3], default);
        await channel.WriteAsync(new byte[2], default);
        Assert.Equal((1, 5), (handshakes, _socket.Sent));
    }

    [Fact]
    public async Task A_handshake_that_fails_breaks_the_line_below()
    {
        var (below, other) = Channels.Pair();
        var channel = new WebSocketChannel(below, Here, Here, _ => throw new Libp2pException(Libp2pError.Malformed, "x"));

        await Assert.ThrowsAsync<Libp2pException>(() => channel.ReadAsync(new byte[1], default).AsTask());

        await Assert.ThrowsAnyAsync<IOException>(async () => await other.ReadAsync(new byte[1], default));
    }

    [Fact]
    public async Task The_end_says_goodbye_once_and_closes_the_line_below()
    {
        var (below, other) = Channels.Pair();
        var channel = Channel(below: below);
        await channel.WriteAsync(new byte[1], default);

        await channel.DisposeAsync();

        Assert.Equal(1, _socket.Goodbyes);
        Assert.Equal(0, await other.ReadAsync(new byte[1], default));
    }

    [Fact]
    public async Task The_end_of_a_channel_that_was_never_used_needs_no_goodbye()
    {
        var (below, other) = Channels.Pair();
        await Channel(below: below).DisposeAsync();
        Assert.Equal(0, _socket.Goodbyes);
        Assert.Equal(0, await other.ReadAsync(new byte[1], default));
    }

    [Fact]
    public async Task A_goodbye_that_nobody_takes_does_not_harm()
    {
        var (below, other) = Channels.Pair();
        var channel = Channel(below: below);
        await channel.WriteAsync(new byte[1], default);
        _socket.Fault = new WebSocketException(WebSocketError.ConnectionClosedPrematurely);

        await channel.DisposeAsync();

        Assert.Equal(0, await other.ReadAsync(new byte[1], default));
    }

    private WebSocketChannel Channel(Action? onHandshake = null, IByteChannel? below = null) => new(below ?? Channels.Pair().Dialer, Here, Here, _ =>
    {
        onHandshake?.Invoke();
        return new ValueTask<System.Net.WebSockets.WebSocket>(_socket);
    });

    /// <summary>Gives messages as the real one does: an empty buffer is answered when something is there, and takes nothing of it.</summary>
    private sealed class ScriptedSocket : System.Net.WebSockets.WebSocket
    {
        private readonly System.Threading.Channels.Channel<(byte[] Bytes, WebSocketMessageType Type)> _messages =
            System.Threading.Channels.Channel.CreateUnbounded<(byte[], WebSocketMessageType)>();

        private byte[]? _left;
        private bool _asked;

        public Exception? Fault { get; set; }

        public int Sent { get; private set; }

        public int Goodbyes { get; private set; }

        public override WebSocketCloseStatus? CloseStatus => null;

        public override string? CloseStatusDescription => null;

        public override WebSocketState State => WebSocketState.Open;

        public override string? SubProtocol => null;

        public void Arrive(byte[] bytes, WebSocketMessageType type = WebSocketMessageType.Binary) => _messages.Writer.TryWrite((bytes, type));

        public override async ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
        {
            if (_left is null)
            {
                var (bytes, type) = await _messages.Reader.ReadAsync(cancellationToken);
                if (Fault is not null)
                    throw Fault;
                if (type != WebSocketMessageType.Binary || bytes.Length == 0)
                    return new ValueWebSocketReceiveResult(bytes.Length, type, true);
                _left = bytes;
            }

            // Whoever asks with nothing, is told that there is something, and asks again, would do so for ever.
            if (buffer.IsEmpty && _asked)
                throw new InvalidOperationException("Asked in a circle.");
            _asked = buffer.IsEmpty;
            var count = Math.Min(buffer.Length, _left.Length);
            _left.AsMemory(0, count).CopyTo(buffer);
            _left = count == _left.Length ? null : _left[count..];
            return new ValueWebSocketReceiveResult(count, WebSocketMessageType.Binary, _left is null);
        }

        public override Task SendAsync(ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken)
        {
            if (Fault is not null)
                throw Fault;
            Sent += buffer.Count;
            return Task.CompletedTask;
        }

        public override Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken)
        {
            Goodbyes++;
            return Fault is null ? Task.CompletedTask : throw Fault;
        }

        public override Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken) => throw new NotSupportedException();

        public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) => throw new NotSupportedException();

        public override void Abort()
        {
        }

        public override void Dispose()
        {
        }
    }
}
