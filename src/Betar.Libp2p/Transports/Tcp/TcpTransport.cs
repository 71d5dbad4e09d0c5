using System.Net;
using System.Net.Sockets;
using Betar.Libp2p.Multiformats;

namespace Betar.Libp2p.Transports.Tcp;

/// <summary>TCP over IPv4 and IPv6.</summary>
internal sealed class TcpTransport : IByteTransport
{
    /// <summary>Connections that the system may keep waiting for us.</summary>
    private const int Backlog = 512;

    public string Name => "tcp";

    public bool CanDial(Multiaddr address) => IsTcp(address.WithoutPeer(), out var endPoint) && endPoint.Port != 0;

    public bool CanListen(Multiaddr address) => IsTcp(address.WithoutPeer(), out _);

    public async ValueTask<IByteChannel> DialAsync(Multiaddr address, CancellationToken cancellationToken)
    {
        if (!IsTcp(address.WithoutPeer(), out var endPoint))
            throw new Libp2pException(Libp2pError.NotDialable, $"{address} is no address of TCP.");
        return new TcpChannel(await ConnectAsync(endPoint, address, cancellationToken));
    }

    public ValueTask<ITransportListener> ListenAsync(Multiaddr address, CancellationToken cancellationToken)
    {
        if (!IsTcp(address.WithoutPeer(), out var endPoint))
            throw new Libp2pException(Libp2pError.NotDialable, $"{address} is no address of TCP.");
        return new ValueTask<ITransportListener>(new TcpListener(Listen(endPoint, address)));
    }

    /// <summary>A connected socket; what the network refuses is <see cref="Libp2pError.Refused"/>.</summary>
    public static async ValueTask<Socket> ConnectAsync(IPEndPoint endPoint, Multiaddr address, CancellationToken cancellationToken)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(endPoint, cancellationToken);
            return socket;
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new Libp2pException(Libp2pError.Refused, $"{address} cannot be reached: {e.SocketErrorCode}.", e);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>A listening socket; a port that is taken is <see cref="Libp2pError.Refused"/>.</summary>
    public static Socket Listen(IPEndPoint endPoint, Multiaddr address)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // IPv4 has its own listeners.
            if (endPoint.AddressFamily == AddressFamily.InterNetworkV6)
                socket.DualMode = false;
            socket.Bind(endPoint);
            socket.Listen(Backlog);
            return socket;
        }
        catch (SocketException e)
        {
            socket.Dispose();
            var why = e.SocketErrorCode == SocketError.AddressAlreadyInUse ? "the port is in use" : e.SocketErrorCode.ToString();
            throw new Libp2pException(Libp2pError.Refused, $"Cannot listen at {address}: {why}.", e);
        }
    }

    /// <summary>IPv4 as IPv4, however the socket shows it.</summary>
    public static IPEndPoint Plain(IPEndPoint endPoint) =>
        endPoint.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(endPoint.Address.MapToIPv4(), endPoint.Port) : endPoint;

    private static bool IsTcp(Multiaddr address, out IPEndPoint endPoint)
    {
        endPoint = null!;
        if (address.Parts is not [_, { Code: MultiaddrCode.Tcp }] || !address.TryGetIpEndPoint(out var found))
            return false;
        endPoint = found;
        return true;
    }
}
