using System.Net.Sockets;

namespace Betar.Ethereum.Keys;

/// <summary>Ways to an external signer: HTTP, or the same over a Unix socket.</summary>
public static class SignerTransport
{
    /// <summary>The name in the request line of a socket; no network is asked for it.</summary>
    public static Uri SocketEndpoint { get; } = new("http://localhost/");

    /// <summary>The caller disposes the client. Each connection goes to the socket, whatever the address says.</summary>
    public static HttpClient OverSocket(string path) => new(new SocketsHttpHandler
    {
        UseProxy = false,
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken).ConfigureAwait(false);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    });
}
