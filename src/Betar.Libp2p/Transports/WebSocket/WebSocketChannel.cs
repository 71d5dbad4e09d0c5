using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using Betar.Libp2p.Multiformats;

namespace Betar.Libp2p.Transports.WebSocket;

/// <summary>
/// Binary messages as a run of bytes. The handshake is made by the first read or write of a listener's channel, so that it counts
/// against the deadline of the upgrade and holds nobody else up.
/// </summary>
internal sealed class WebSocketChannel(
    IByteChannel below, Multiaddr local, Multiaddr remote, Func<CancellationToken, ValueTask<System.Net.WebSockets.WebSocket>> handshake) : IByteChannel
{
    private System.Net.WebSockets.WebSocket? _socket;

    public Multiaddr Local => local;

    public Multiaddr Remote => remote;

    /// <summary>Makes the handshake now.</summary>
    public async ValueTask OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            _socket ??= await handshake(cancellationToken);
        }
        catch (Exception)
        {
            below.Abort();
            throw;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (_socket is null)
            await OpenAsync(cancellationToken);
        try
        {
            while (true)
            {
                var result = await _socket!.ReceiveAsync(buffer, cancellationToken);
                if (result.MessageType == WebSocketMessageType.Close)
                    return 0;
                if (result.MessageType != WebSocketMessageType.Binary)
                    throw new Libp2pException(Libp2pError.Malformed, "The peer sent text where bytes belong.");
                // An empty message is no end; an empty buffer is how TLS asks whether something has come.
                if (result.Count > 0 || buffer.IsEmpty)
                    return result.Count;
            }
        }
        catch (Exception e) when (e is WebSocketException or InvalidOperationException)
        {
            throw Broken(e);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        if (_socket is null)
            await OpenAsync(cancellationToken);
        try
        {
            await _socket!.SendAsync(data, WebSocketMessageType.Binary, WebSocketMessageFlags.EndOfMessage, cancellationToken);
        }
        catch (Exception e) when (e is WebSocketException or InvalidOperationException)
        {
            throw Broken(e);
        }
    }

    public void Abort()
    {
        below.Abort();
        _socket?.Abort();
    }

    public async ValueTask DisposeAsync()
    {
        if (_socket is { State: WebSocketState.Open or WebSocketState.CloseReceived } socket)
        {
            try
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
            }
            catch (Exception e) when (e is WebSocketException or IOException or InvalidOperationException)
            {
                // The other side is gone already; there is nobody left to say goodbye to.
            }
        }

        await below.DisposeAsync();
    }

    private static Libp2pException Broken(Exception e) => new(Libp2pError.ConnectionClosed, "The WebSocket connection broke.", e);
}
