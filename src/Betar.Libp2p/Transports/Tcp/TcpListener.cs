using System.Net;
using System.Net.Sockets;
using Betar.Libp2p.Multiformats;

namespace Betar.Libp2p.Transports.Tcp;

internal sealed class TcpListener(Socket socket) : ITransportListener
{
    public Multiaddr Address { get; } = Multiaddr.FromEndPoint((IPEndPoint)socket.LocalEndPoint!);

    public async ValueTask<IByteChannel?> AcceptAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var accepted = await socket.AcceptAsync(cancellationToken);
                if (TryWrap(accepted) is { } channel)
                    return channel;
            }
            catch (Exception e) when (e is ObjectDisposedException || IsClosing(e))
            {
                return null;
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionAborted or SocketError.ConnectionReset)
            {
                // That one hung up while it waited. The next one did not.
            }
            catch (SocketException e)
            {
                // The system is short of something, of handles for one: the listener lives on and can be asked again.
                throw new Libp2pException(Libp2pError.Refused, $"No connection can be taken at {Address}: {e.SocketErrorCode}.", e);
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        return default;
    }

    private static bool IsClosing(Exception e) =>
        e is SocketException { SocketErrorCode: SocketError.OperationAborted or SocketError.Interrupted or SocketError.NotSocket };

    /// <summary>Null: it was gone before it could be looked at.</summary>
    private static TcpChannel? TryWrap(Socket accepted)
    {
        try
        {
            return new TcpChannel(accepted);
        }
        catch (SocketException)
        {
            accepted.Dispose();
            return null;
        }
    }
}
