using System.Net;
using System.Net.Sockets;

namespace Betar.Libp2p.Discovery.Mdns;

/// <summary>A socket in the group of multicast DNS on one link. Others on this machine may have the same port.</summary>
internal sealed class UdpMulticastLink : IMulticastLink
{
    private const int Port = 5353;
    private const int HopLimit = 255;

    // What .NET has no names for, with Linux's numbers.
    private const int SolIp = 0;
    private const int SolSocket = 1;
    private const int SolIpv6 = 41;
    private const int SoReusePort = 15;
    private const int IpMulticastAll = 49;
    private const int Ipv6MulticastAll = 29;

    private static readonly IPAddress Group4 = IPAddress.Parse("224.0.0.251");
    private static readonly IPAddress Group6 = IPAddress.Parse("ff02::fb");
    private static readonly byte[] On = BitConverter.GetBytes(1);
    private static readonly byte[] Off = BitConverter.GetBytes(0);

    private readonly MulticastInterface _link;
    private readonly Socket _socket;
    private readonly IPEndPoint _group;

    public UdpMulticastLink(MulticastInterface link)
    {
        _link = link;
        _group = new IPEndPoint(link.Family == AddressFamily.InterNetwork ? Group4 : new IPAddress(Group6.GetAddressBytes(), link.Index), Port);
        _socket = new Socket(link.Family, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            Configure();
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
    }

    public async ValueTask SendAsync(ReadOnlyMemory<byte> packet, CancellationToken cancellationToken) =>
        await _socket.SendToAsync(packet, SocketFlags.None, _group, cancellationToken);

    public async ValueTask<MulticastPacket> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var any = new IPEndPoint(_link.Family == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        while (true)
        {
            var received = await _socket.ReceiveMessageFromAsync(buffer, SocketFlags.None, any, cancellationToken);
            var sender = ((IPEndPoint)received.RemoteEndPoint).Address;
            // The port is open to the whole world; only what was sent to the group, here, by somebody of this link is heard.
            if (received.PacketInformation.Interface == _link.Index && IsGroup(received.PacketInformation.Address) && _link.IsOnLink(sender))
                return new MulticastPacket(received.ReceivedBytes, sender);
        }
    }

    public void Dispose() => _socket.Dispose();

    private static bool IsGroup(IPAddress? destination) => destination is not null && (destination.Equals(Group4) || destination.GetAddressBytes().AsSpan().SequenceEqual(Group6.GetAddressBytes()));

    private void Configure()
    {
        _socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        _socket.SetRawSocketOption(SolSocket, SoReusePort, On);
        if (_link.Family == AddressFamily.InterNetwork)
        {
            _socket.SetRawSocketOption(SolIp, IpMulticastAll, Off);
            _socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.PacketInformation, true);
            _socket.Bind(new IPEndPoint(IPAddress.Any, Port));
            _socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, IPAddress.HostToNetworkOrder(_link.Index));
            _socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.AddMembership, new MulticastOption(Group4, _link.Index));
            _socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastTimeToLive, HopLimit);
            _socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastLoopback, true);
        }
        else
        {
            _socket.DualMode = false;
            _socket.SetRawSocketOption(SolIpv6, Ipv6MulticastAll, Off);
            _socket.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.PacketInformation, true);
            _socket.Bind(new IPEndPoint(IPAddress.IPv6Any, Port));
            _socket.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.MulticastInterface, _link.Index);
            _socket.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.AddMembership, new IPv6MulticastOption(Group6, _link.Index));
            _socket.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.MulticastTimeToLive, HopLimit);
            _socket.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.MulticastLoopback, true);
        }
    }
}
