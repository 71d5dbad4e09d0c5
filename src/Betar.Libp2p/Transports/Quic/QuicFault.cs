using System.Net.Quic;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Security.Authentication;

namespace Betar.Libp2p.Transports.Quic;

/// <summary>What .NET's QUIC throws, in the words of this library.</summary>
[SupportedOSPlatform("linux")]
internal static class QuicFault
{
    /// <summary>Whether it is something that a peer, the network or our own closing brings about.</summary>
    public static bool Covers(Exception error) =>
        error is QuicException or AuthenticationException or SocketException or ObjectDisposedException or Libp2pException;

    public static Libp2pException Of(Exception error) => error switch
    {
        Libp2pException known => known,
        QuicException quic => Of(quic),
        AuthenticationException => new Libp2pException(Libp2pError.SecurityFailed, "The TLS handshake of QUIC failed.", error),
        SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } => InUse(error),
        SocketException => new Libp2pException(Libp2pError.Refused, "Nobody answers there.", error),
        _ => new Libp2pException(Libp2pError.Closed, "The connection or the stream was closed here.", error),
    };

    private static Libp2pException InUse(Exception error) => new(Libp2pError.Refused, "The port is in use.", error);

    private static Libp2pException Of(QuicException error) => error.QuicError switch
    {
        QuicError.StreamAborted => new Libp2pException(Libp2pError.StreamReset, "The peer reset the stream.", error),
        QuicError.OperationAborted => new Libp2pException(Libp2pError.StreamReset, "The stream was reset here.", error),
        QuicError.ConnectionAborted when error.ApplicationErrorCode is > 0 and var code =>
            new Libp2pException(Libp2pError.ConnectionClosed, $"The peer closed the connection with code {code}.", error),
        QuicError.ConnectionAborted => new Libp2pException(Libp2pError.ConnectionClosed, "The peer closed the connection.", error),
        QuicError.ConnectionIdle or QuicError.ConnectionTimeout => new Libp2pException(Libp2pError.Timeout, "The peer does not answer any more.", error),
        QuicError.ConnectionRefused => new Libp2pException(Libp2pError.Refused, "The peer takes no connection.", error),
        QuicError.AlpnInUse => InUse(error),
        _ => new Libp2pException(Libp2pError.ConnectionClosed, "The connection broke.", error),
    };
}
